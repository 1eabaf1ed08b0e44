/**
 * Counts what the operator does.
 *
 * <p>The entry point is {@link io.propeller.operator.internal.metrics.OperatorMetrics}.
 */
@NullMarked
package io.propeller.operator.internal.metrics;

import org.jspecify.annotations.NullMarked;
