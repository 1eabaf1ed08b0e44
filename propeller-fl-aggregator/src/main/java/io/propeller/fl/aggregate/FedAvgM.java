package io.propeller.fl.aggregate;

import com.google.common.collect.Range;
import io.propeller.fl.model.Model;

/**
 * Gradient descent with momentum at the server: v ← βv + Δ, x ← x + ηv, where Δ is the mean change.
 * Without a global model the first round adopts the mean.
 *
 * <p>Hsu, Qi and Brown, "Measuring the effects of non-identical data distribution for federated
 * visual classification", arXiv:1909.06335, section 4.3.
 *
 * @param momentum β, from 0 to below 1
 * @param learningRate η, above 0
 */
record FedAvgM(double momentum, double learningRate) implements AggregationAlgorithm {
  private static final String VELOCITY = "velocity";
  private static final double DEFAULT_MOMENTUM = 0.9;

  static FedAvgM of(AggregationConfig config) {
    return new FedAvgM(
        config.number("momentum", Range.closedOpen(0.0, 1.0), DEFAULT_MOMENTUM),
        config.number("serverLearningRate", Range.open(0.0, Double.POSITIVE_INFINITY), 1));
  }

  @Override
  public Aggregate aggregate(AggregationInput input) throws AggregationException {
    if (PseudoGradient.isFirstModel(input)) {
      return new FedAvg().aggregate(input);
    }
    double[] change = PseudoGradient.of(input, "fedavgm");
    double[] velocity =
        ServerState.previous(input, VELOCITY).orElseGet(() -> new double[change.length]);
    double[] model = PseudoGradient.base(input);
    for (int i = 0; i < model.length; i++) {
      velocity[i] = momentum * velocity[i] + change[i];
      model[i] += learningRate * velocity[i];
    }
    return Aggregate.of(
        Model.wrap(input.shape(), model), ServerState.of(input.shape(), velocity, VELOCITY));
  }
}
