package io.propeller.benchmarks.fl;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.fl.aggregate.AggregationInput;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.model.Values;
import java.io.PrintStream;

/** What it costs that the aggregate has the same bits always; checks that it has. */
final class FedAvgDeterministic implements Benchmark {
  private static final int THREADS = 3;

  @Override
  public String name() {
    return "fedavg-deterministic";
  }

  @Override
  public String description() {
    return "fedavg with the same bits on any number of threads and from any source, by plain float"
        + " sums";
  }

  @Override
  public double goal() {
    return 0.5;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    float[][] updates = Workload.updates();
    AggregationInput arrays = Workload.input(1, k -> Values.of(updates[k]));
    Model expected = Workload.FEDAVG.aggregate(arrays).model();
    AggregationInput mixed =
        Workload.input(
            THREADS, k -> k % 2 == 0 ? PackedValues.pack(updates[k]) : Values.of(updates[k]));
    if (!Workload.FEDAVG.aggregate(mixed).model().equals(expected)) {
      throw new IllegalStateException(
          "the bits differ between arrays on 1 thread and bytes on " + THREADS);
    }
    out.println("the same bits from arrays on 1 thread, and from arrays and bytes on " + THREADS);
    float[] sum = new float[Workload.LENGTH];
    return Race.speed(
        effort,
        out,
        "plain float sums",
        () -> Workload.bareLoop(sum, updates),
        "fedavg",
        () -> {
          if (!Workload.FEDAVG.aggregate(arrays).model().equals(expected)) {
            throw new IllegalStateException("the bits differ between two runs");
          }
        });
  }
}
