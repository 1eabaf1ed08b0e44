package io.propeller.fl.update;

import java.util.OptionalDouble;

/**
 * What a worker says of its training.
 *
 * @param loss the training loss; empty if it was not reported or is not finite
 * @param accuracy from 0 to 1; empty if it was not reported or is not finite
 */
public record TrainingMetrics(OptionalDouble loss, OptionalDouble accuracy) {
  /** Nothing was reported. */
  public static final TrainingMetrics NONE =
      new TrainingMetrics(OptionalDouble.empty(), OptionalDouble.empty());

  /** Leaves out what is not finite. */
  public TrainingMetrics {
    loss = finite(loss);
    accuracy = finite(accuracy);
  }

  private static OptionalDouble finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  /** Returns these metrics, and those of another report where these have none. */
  TrainingMetrics or(TrainingMetrics other) {
    return new TrainingMetrics(
        loss.isPresent() ? loss : other.loss, accuracy.isPresent() ? accuracy : other.accuracy);
  }
}
