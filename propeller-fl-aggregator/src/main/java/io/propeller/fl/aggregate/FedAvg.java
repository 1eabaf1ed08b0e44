package io.propeller.fl.aggregate;

/**
 * The mean of the updates, weighted by their numbers of samples.
 *
 * <p>McMahan, Moore, Ramage, Hampson and Agüera y Arcas, "Communication-efficient learning of deep
 * networks from decentralized data", AISTATS 2017, algorithm 1.
 */
record FedAvg() implements AggregationAlgorithm {

  @Override
  public Aggregate aggregate(AggregationInput input) {
    return Aggregate.of(
        input.toModel(WeightedMean.of(input.vectors(), input.weights(), input.threads())));
  }
}
