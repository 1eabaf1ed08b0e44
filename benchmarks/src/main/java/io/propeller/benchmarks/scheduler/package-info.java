/**
 * How fast the scheduler places, how that grows with the fleet, and how much memory a worker takes;
 * see {@link io.propeller.benchmarks.scheduler.SchedulerBenchmarks}.
 */
@NullMarked
package io.propeller.benchmarks.scheduler;

import org.jspecify.annotations.NullMarked;
