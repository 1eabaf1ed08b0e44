/**
 * Measures the operator as a whole.
 *
 * <p>The entry point is {@link io.propeller.benchmarks.operator.DispatchBenchmark}.
 */
@NullMarked
package io.propeller.benchmarks.operator;

import org.jspecify.annotations.NullMarked;
