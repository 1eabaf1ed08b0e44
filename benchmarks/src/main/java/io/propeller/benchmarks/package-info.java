/**
 * Measures Propeller against baselines in the same run, so that a figure means the same on any
 * machine.
 *
 * <p>The entry point is {@link io.propeller.benchmarks.Main}; every {@link
 * io.propeller.benchmarks.Benchmark} is listed in {@link io.propeller.benchmarks.Benchmarks}.
 */
@NullMarked
package io.propeller.benchmarks;

import org.jspecify.annotations.NullMarked;
