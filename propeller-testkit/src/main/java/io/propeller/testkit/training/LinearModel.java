package io.propeller.testkit.training;

import io.propeller.fl.model.Model;

/**
 * A logistic regression: a sample is a one when {@code w·x + b} is above 0.
 *
 * @param w the weights of the four features
 * @param b what is added to their sum
 */
public record LinearModel(Weights w, double b) {

  /** The model that knows nothing. */
  public static final LinearModel ZERO = new LinearModel(new Weights(0, 0, 0, 0), 0);

  /** The weights of the features. */
  public record Weights(double w0, double w1, double w2, double w3) {}

  /**
   * Returns a model that came as {@code {"w":[…],"b":…}}.
   *
   * @throws IllegalArgumentException if it has other parts
   */
  public static LinearModel of(Model model) {
    double[] w = model.part("/w");
    double[] b = model.part("/b");
    if (w.length != 4 || b.length != 1) {
      throw new IllegalArgumentException("the model must have 4 weights and b, is " + model);
    }
    return new LinearModel(new Weights(w[0], w[1], w[2], w[3]), b[0]);
  }

  /**
   * Fits a model to samples, as well as it can be: until no step makes the mean loss smaller by
   * more than rounding does.
   */
  public static LinearModel fit(Shard shard) {
    return new PooledFit(shard).fit();
  }

  /** Returns which part of the samples it is right about, from 0 to 1. */
  public double accuracy(Shard shard) {
    return shard.samples().stream().filter(this::isRight).count() / (double) shard.samples().size();
  }

  private boolean isRight(Sample sample) {
    return logit(sample) > 0 == (sample.label() == 1);
  }

  double logit(Sample x) {
    return w.w0() * x.x0() + w.w1() * x.x1() + w.w2() * x.x2() + w.w3() * x.x3() + b;
  }
}
