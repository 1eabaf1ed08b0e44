package io.propeller.benchmarks.scheduler;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import java.io.PrintStream;

/** How the rate of decisions falls as the fleet grows. */
final class PlacingScaleBenchmark implements Benchmark {

  @Override
  public String name() {
    return "placing-scale";
  }

  @Override
  public String description() {
    return "decisions a second at 1,000,000 workers; baseline: at 5,000";
  }

  @Override
  public double goal() {
    return 0.5;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    Measurement.Figures small = Measurement.measure(effort, "index", 5_000, "1", 50, "round-robin");
    small.print(out, "5,000 workers, width 1, 50% full");
    Measurement.Figures large =
        Measurement.measure(effort, "index", 1_000_000, "1", 50, "round-robin");
    large.print(out, "1,000,000 workers, width 1, 50% full");
    return large.rate() / small.rate();
  }
}
