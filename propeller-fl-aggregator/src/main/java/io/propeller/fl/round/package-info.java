/**
 * What a round of training counts, and when it is over.
 *
 * <p>{@link io.propeller.fl.round.Round} is the entry point: an immutable value whose methods
 * return the next one. Time comes in as an argument, and every figure is derived from sets, so
 * nothing can be counted twice.
 */
@NullMarked
package io.propeller.fl.round;

import org.jspecify.annotations.NullMarked;
