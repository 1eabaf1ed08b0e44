/**
 * Federated learning on the server side: what a round accepts, when it is over, and what it
 * computes.
 *
 * <p>{@link io.propeller.fl.update} reads what workers send.
 */
@NullMarked
package io.propeller.fl;

import org.jspecify.annotations.NullMarked;
