package io.propeller.fl.aggregate;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Range;

/**
 * The mean of the updates of workers that are told to stay near the global model: each minimises
 * its loss plus {@code mu}/2 times the squared distance from it.
 *
 * <p>Li, Sahu, Zaheer, Sanjabi, Talwalkar and Smith, "Federated optimization in heterogeneous
 * networks", MLSys 2020, algorithm 2.
 *
 * @param mu how strongly they are held, at least 0
 */
record FedProx(double mu) implements AggregationAlgorithm {
  private static final double DEFAULT_MU = 0.01;

  static FedProx of(AggregationConfig config) {
    return new FedProx(
        config.number("mu", Range.closedOpen(0.0, Double.POSITIVE_INFINITY), DEFAULT_MU));
  }

  @Override
  public Aggregate aggregate(AggregationInput input) {
    return new FedAvg().aggregate(input);
  }

  @Override
  public ImmutableSortedMap<String, Double> clientParameters() {
    return ImmutableSortedMap.of("mu", mu);
  }
}
