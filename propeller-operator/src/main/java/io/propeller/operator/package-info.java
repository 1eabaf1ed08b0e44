/** Runs the reconcilers. */
@NullMarked
package io.propeller.operator;

import org.jspecify.annotations.NullMarked;
