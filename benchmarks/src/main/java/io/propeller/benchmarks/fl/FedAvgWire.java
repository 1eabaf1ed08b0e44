package io.propeller.benchmarks.fl;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.fl.aggregate.AggregationInput;
import io.propeller.fl.model.PackedValues;
import java.io.PrintStream;
import java.util.Arrays;

/** FedAvg of little-endian bytes, as they come out of base64 and lie in the store. */
final class FedAvgWire implements Benchmark {

  @Override
  public String name() {
    return "fedavg-wire";
  }

  @Override
  public String description() {
    return "fedavg of the bytes of 100 float32 updates of 1 Mi values, by a bare acc[i] += w * x[i]"
        + " of arrays, one thread";
  }

  @Override
  public double goal() {
    return 0.6;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    float[][] updates = Workload.updates();
    float[] sum = new float[Workload.LENGTH];
    PackedValues[] packed =
        Arrays.stream(updates).map(PackedValues::pack).toArray(PackedValues[]::new);
    AggregationInput input = Workload.input(1, k -> packed[k]);
    return Race.speed(
        effort,
        out,
        "bare loop over arrays",
        () -> Workload.bareLoop(sum, updates),
        "fedavg of bytes",
        () -> Workload.FEDAVG.aggregate(input));
  }
}
