/**
 * How fast updates are read and aggregated.
 *
 * <p>Each {@link io.propeller.benchmarks.Benchmark} here races against a bare loop or a general
 * parser on the same data, in turns, by {@link io.propeller.benchmarks.fl.Race}.
 */
@NullMarked
package io.propeller.benchmarks.fl;

import org.jspecify.annotations.NullMarked;
