package io.propeller.fl.aggregate;

import com.google.common.collect.Range;
import io.propeller.fl.model.Model;

/**
 * Fairness between workers: the larger a worker's loss F, the more its change counts. With d the
 * change times L = 1 / learningRate, x ← x + Σ F^q d / Σ (q F^(q−1) ‖d‖² + L F^q). Without a global
 * model the first round adopts the mean.
 *
 * <p>Li, Sanjabi, Beirami and Smith, "Fair resource allocation in federated learning", ICLR 2020,
 * algorithm 2.
 *
 * @param q how much fairness, at least 0; 0 is the plain mean
 * @param learningRate the workers' own, above 0
 */
record QFedAvg(double q, double learningRate) implements AggregationAlgorithm {
  /** Losses beyond this are taken for it, so that no worker can make the sums infinite. */
  private static final double MAX_LOSS = 1e6;

  /** Losses below this are taken for it, so that a power below 0 stays finite. */
  private static final double MIN_LOSS = 1e-10;

  private static final double MAX_Q = 10;

  static QFedAvg of(AggregationConfig config) {
    return new QFedAvg(
        config.number("q", Range.closed(0.0, MAX_Q), 1),
        config.number("learningRate", Range.open(0.0, Double.POSITIVE_INFINITY)));
  }

  @Override
  public boolean lossRequired() {
    return true;
  }

  @Override
  public Aggregate aggregate(AggregationInput input) throws AggregationException {
    if (PseudoGradient.isFirstModel(input)) {
      return new FedAvg().aggregate(input);
    }
    Changes changes = Changes.sinceGlobalOrZero(input);
    double[] squares = changes.squaredNorms();
    double lipschitz = 1 / learningRate;
    double[] factors = new double[squares.length];
    double denominator = 0;
    for (int k = 0; k < factors.length; k++) {
      double loss = loss(input.updates().get(k));
      double power = StrictMath.pow(loss, q);
      factors[k] = Double.isInfinite(squares[k]) ? 0 : power * lipschitz;
      if (factors[k] > 0) {
        denominator += q * power / loss * lipschitz * lipschitz * squares[k] + lipschitz * power;
      }
    }
    if (!(denominator > 0) || Double.isInfinite(denominator)) {
      throw new AggregationException(
          "qfedavg cannot weigh these losses and changes: their sum is " + denominator);
    }
    for (int k = 0; k < factors.length; k++) {
      factors[k] /= denominator;
    }
    double[] change = changes.sum(factors);
    double[] model = PseudoGradient.base(input);
    for (int i = 0; i < model.length; i++) {
      model[i] += change[i];
    }
    return Aggregate.of(Model.wrap(input.shape(), model));
  }

  private static double loss(WeightedUpdate update) throws AggregationException {
    double loss =
        update
            .loss()
            .orElseThrow(
                () ->
                    new AggregationException(
                        "qfedavg needs the loss of '" + update.participant() + "'"));
    return Math.max(MIN_LOSS, Math.min(MAX_LOSS, loss));
  }
}
