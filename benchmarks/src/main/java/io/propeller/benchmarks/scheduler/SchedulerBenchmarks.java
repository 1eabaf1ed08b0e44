package io.propeller.benchmarks.scheduler;

import io.propeller.benchmarks.Benchmark;
import java.util.List;

/** The benchmarks of the scheduler. */
public final class SchedulerBenchmarks {

  /** All of them, in the order in which they are listed. */
  public static final List<Benchmark> ALL =
      List.of(
          new PlacingBenchmark(),
          new PlacingScaleBenchmark(),
          new PlacingMemoryBenchmark(),
          new FenzoBenchmark(2_000, 200),
          new FenzoBenchmark(10_000, 5_000));

  private SchedulerBenchmarks() {}
}
