package io.propeller.fl.aggregate;

import io.propeller.fl.model.Values;
import io.propeller.fl.update.ParticipantId;
import java.util.OptionalDouble;

/**
 * One participant's update.
 *
 * @param participant who sent it
 * @param weight its number of samples, from 1 to 2^24
 * @param loss the training loss, if it was reported
 * @param values finite numbers, in the order of the model's shape
 */
public record WeightedUpdate(
    ParticipantId participant, long weight, OptionalDouble loss, Values values) {
  /** The largest weight: up to here whole numbers are exact as floats. */
  public static final long MAX_WEIGHT = 1L << 24;

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public WeightedUpdate {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "weight must be from 1 to " + MAX_WEIGHT + ", is " + weight);
    }
  }

  /** Returns an update without a loss. */
  public static WeightedUpdate of(String participant, long weight, Values values) {
    return new WeightedUpdate(
        ParticipantId.of(participant), weight, OptionalDouble.empty(), values);
  }
}
