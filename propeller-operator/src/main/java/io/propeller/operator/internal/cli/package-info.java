/**
 * Reads the command line and the environment.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.cli.OperatorCommand}.
 */
@NullMarked
package io.propeller.operator.internal.cli;

import org.jspecify.annotations.NullMarked;
