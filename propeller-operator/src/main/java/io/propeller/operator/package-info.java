/**
 * Runs the reconcilers: {@link io.propeller.operator.PropellerOperator} in a program of one's own,
 * {@link io.propeller.operator.Main} from the command line.
 */
@NullMarked
package io.propeller.operator;

import org.jspecify.annotations.NullMarked;
