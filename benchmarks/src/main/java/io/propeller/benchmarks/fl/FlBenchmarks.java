package io.propeller.benchmarks.fl;

import io.propeller.benchmarks.Benchmark;
import java.util.List;

/** All benchmarks of federated learning. */
public final class FlBenchmarks {

  /** In the order in which they are listed. */
  public static final List<Benchmark> ALL =
      List.of(
          new FedAvgArrays(),
          new FedAvgWire(),
          new FedAvgDeterministic(),
          new FedAvgHeap(),
          new JsonF64());

  private FlBenchmarks() {}
}
