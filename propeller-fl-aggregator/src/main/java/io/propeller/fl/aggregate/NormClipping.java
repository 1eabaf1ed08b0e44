package io.propeller.fl.aggregate;

import com.google.common.collect.Range;
import io.propeller.fl.model.Model;

/**
 * The mean of the changes, weighted by samples, after each is shortened to a norm at most. Without
 * a global model they are changes from zero: to adopt the first mean would bound nothing.
 *
 * <p>Sun, Kairouz, Suresh and McMahan, "Can you really backdoor federated learning?",
 * arXiv:1911.07963, section 3.
 *
 * @param maxNorm the longest change, above 0
 */
record NormClipping(double maxNorm) implements AggregationAlgorithm {

  static NormClipping of(AggregationConfig config) {
    return new NormClipping(config.number("maxNorm", Range.open(0.0, Double.POSITIVE_INFINITY)));
  }

  @Override
  public Aggregate aggregate(AggregationInput input) {
    Changes changes = Changes.sinceGlobalOrZero(input);
    double[] factors = changes.clippingFactors(maxNorm);
    long[] weights = input.weights();
    double total = 0;
    for (long weight : weights) {
      total += weight;
    }
    for (int k = 0; k < factors.length; k++) {
      factors[k] *= weights[k] / total;
    }
    double[] model = PseudoGradient.base(input);
    double[] change = changes.sum(factors);
    for (int i = 0; i < model.length; i++) {
      model[i] += change[i];
    }
    return Aggregate.of(Model.wrap(input.shape(), model));
  }
}
