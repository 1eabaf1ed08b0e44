package io.propeller.benchmarks.fl;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.fl.aggregate.AggregationInput;
import io.propeller.fl.model.Values;
import java.io.PrintStream;

/** FedAvg of arrays of floats. */
final class FedAvgArrays implements Benchmark {

  @Override
  public String name() {
    return "fedavg-arrays";
  }

  @Override
  public String description() {
    return "fedavg of 100 float arrays of 1 Mi values, by a bare acc[i] += w * x[i], one thread";
  }

  @Override
  public double goal() {
    return 0.9;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    float[][] updates = Workload.updates();
    float[] sum = new float[Workload.LENGTH];
    AggregationInput input = Workload.input(1, k -> Values.of(updates[k]));
    return Race.speed(
        effort,
        out,
        "bare loop",
        () -> Workload.bareLoop(sum, updates),
        "fedavg",
        () -> Workload.FEDAVG.aggregate(input));
  }
}
