/**
 * Measures the operator as a whole.
 *
 * <p>The entry points are {@link io.propeller.benchmarks.operator.DispatchBenchmark}, on embedded
 * servers, and {@link io.propeller.benchmarks.operator.OperatorBenchmark}, on real ones.
 */
@NullMarked
package io.propeller.benchmarks.operator;

import org.jspecify.annotations.NullMarked;
