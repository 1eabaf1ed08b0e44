package io.propeller.benchmarks.scheduler;

import io.propeller.benchmarks.Aim;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import java.io.PrintStream;
import java.util.List;

/** Decisions a second with the index, against a scan of all workers. */
final class PlacingBenchmark implements Benchmark {

  private static final double AIM_RATE = 2e6;
  private static final double AIM_P99 = 5;
  private static final double AIM_BYTES = 64;

  @Override
  public String name() {
    return "placing";
  }

  @Override
  public String description() {
    return "decisions a second at 100,000 workers, half of them full; baseline: a scan of all"
        + " workers";
  }

  @Override
  public double goal() {
    return 500;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    if (effort == Effort.FULL) {
      matrix(effort, out);
      policies(effort, out);
    }
    Measurement.measure(effort, "impossible", 100_000, "1", 50, "round-robin")
        .print(out, "100,000 workers, a task that fits nothing");
    Measurement.Figures scan =
        Measurement.measure(Effort.QUICK, "scan", 100_000, "1", 50, "round-robin");
    scan.print(out, "100,000 workers, width 1, 50% full, scan");
    Measurement.Figures index =
        Measurement.measure(effort, "index", 100_000, "1", 50, "round-robin");
    index.print(out, "100,000 workers, width 1, 50% full, index");
    Aim.atLeast(out, "rate", index.rate(), AIM_RATE);
    Aim.atMost(out, "p99 (us)", index.p99(), AIM_P99);
    Aim.atMost(out, "bytes a decision", index.bytes(), AIM_BYTES);
    return index.rate() / scan.rate();
  }

  private static void matrix(Effort effort, PrintStream out) throws Exception {
    for (int workers : List.of(5_000, 50_000, 100_000, 1_000_000)) {
      for (String width : List.of("1", "1/10", "1/100")) {
        for (int fill : List.of(0, 50, 90, 99)) {
          Measurement.measure(effort, "index", workers, width, fill, "round-robin")
              .print(out, "%,d workers, width %s, %d%% full".formatted(workers, width, fill));
        }
      }
    }
  }

  private static void policies(Effort effort, PrintStream out) throws Exception {
    for (String policy :
        List.of("least-loaded", "bin-pack", "two-choices", "rendezvous", "spread")) {
      Measurement.measure(effort, "index", 100_000, "1", 50, policy)
          .print(out, "100,000 workers, width 1, 50% full, " + policy);
    }
  }
}
