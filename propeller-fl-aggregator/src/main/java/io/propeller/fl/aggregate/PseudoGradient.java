package io.propeller.fl.aggregate;

import io.propeller.fl.model.Model;

/**
 * The mean change that the workers ask for, which server-side optimisers take for a negative
 * gradient.
 */
final class PseudoGradient {
  private PseudoGradient() {}

  /**
   * Returns the weighted mean of the updates minus the global model, or of the updates where these
   * are changes.
   *
   * @throws AggregationException if there is no global model to subtract
   */
  static double[] of(AggregationInput input, String algorithm) throws AggregationException {
    double[] mean = WeightedMean.of(input.vectors(), input.weights(), input.threads());
    Model origin = input.origin(algorithm).orElse(null);
    if (origin != null) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] -= origin.value(i);
      }
    }
    return mean;
  }

  /** Returns the global model, or zeros where there is none. */
  static double[] base(AggregationInput input) {
    return input.global().map(Model::toArray).orElseGet(() -> new double[input.shape().length()]);
  }

  /**
   * Returns whether there is nothing that a change could refer to, so that the first mean becomes
   * the model.
   */
  static boolean isFirstModel(AggregationInput input) {
    return input.kind() == UpdateKind.MODEL && input.global().isEmpty();
  }
}
