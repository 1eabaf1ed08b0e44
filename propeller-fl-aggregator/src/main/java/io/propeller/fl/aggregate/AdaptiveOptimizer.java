package io.propeller.fl.aggregate;

import com.google.common.collect.Range;
import io.propeller.fl.model.Model;
import java.util.Arrays;

/**
 * Adaptive optimisation at the server, with Δ the mean change of a round: m ← β₁m + (1−β₁)Δ; v as
 * {@link Variance} says; x ← x + ηm/(√v + τ). v begins as τ². Without a global model the first
 * round adopts the mean.
 *
 * <p>Reddi, Charles, Zaheer, Garrett, Rush, Konečný, Kumar and McMahan, "Adaptive federated
 * optimization", ICLR 2021, algorithm 2.
 *
 * @param variance which of the three
 * @param learningRate η, above 0
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param tau τ, how far it adapts, above 0
 */
record AdaptiveOptimizer(
    Variance variance, double learningRate, double beta1, double beta2, double tau)
    implements AggregationAlgorithm {
  private static final String MOMENTUM = "momentum";
  private static final String VARIANCE = "variance";
  private static final double DEFAULT_LEARNING_RATE = 0.1;
  private static final double DEFAULT_BETA_1 = 0.9;
  private static final double DEFAULT_BETA_2 = 0.99;
  private static final double DEFAULT_TAU = 1e-3;

  /** How v follows the squares of m. */
  enum Variance {
    /** v ← v + m². */
    ADAGRAD {
      @Override
      double next(double v, double square, double beta2) {
        return v + square;
      }
    },
    /** v ← β₂v + (1−β₂)m². */
    ADAM {
      @Override
      double next(double v, double square, double beta2) {
        return beta2 * v + (1 - beta2) * square;
      }
    },
    /** v ← v − (1−β₂)m² sign(v − m²). */
    YOGI {
      @Override
      double next(double v, double square, double beta2) {
        return v - (1 - beta2) * square * Math.signum(v - square);
      }
    };

    abstract double next(double v, double square, double beta2);
  }

  static AdaptiveOptimizer of(Variance variance, AggregationConfig config) {
    Range<Double> positive = Range.open(0.0, Double.POSITIVE_INFINITY);
    Range<Double> share = Range.closedOpen(0.0, 1.0);
    double beta1 = config.number("beta1", share, DEFAULT_BETA_1);
    double beta2 = variance == Variance.ADAGRAD ? 0 : config.number("beta2", share, DEFAULT_BETA_2);
    return new AdaptiveOptimizer(
        variance,
        config.number("serverLearningRate", positive, DEFAULT_LEARNING_RATE),
        beta1,
        beta2,
        config.number("tau", positive, DEFAULT_TAU));
  }

  @Override
  public Aggregate aggregate(AggregationInput input) throws AggregationException {
    if (PseudoGradient.isFirstModel(input)) {
      return new FedAvg().aggregate(input);
    }
    double[] change = PseudoGradient.of(input, "an adaptive optimiser");
    int n = change.length;
    double[] state =
        ServerState.previous(input, MOMENTUM, VARIANCE).orElseGet(() -> initialState(n));
    double[] model = PseudoGradient.base(input);
    for (int i = 0; i < n; i++) {
      double m = beta1 * state[i] + (1 - beta1) * change[i];
      double v = variance.next(state[n + i], m * m, beta2);
      state[i] = m;
      state[n + i] = v;
      model[i] += learningRate * m / (Math.sqrt(v) + tau);
    }
    return Aggregate.of(
        Model.wrap(input.shape(), model), ServerState.of(input.shape(), state, MOMENTUM, VARIANCE));
  }

  private double[] initialState(int n) {
    double[] state = new double[2 * n];
    Arrays.fill(state, n, 2 * n, tau * tau);
    return state;
  }
}
