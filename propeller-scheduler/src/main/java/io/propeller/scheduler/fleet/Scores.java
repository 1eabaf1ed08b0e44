package io.propeller.scheduler.fleet;

import java.util.Arrays;

/** What one {@link WorkerScore} says of each worker at present. */
final class Scores {

  private final WorkerScore score;
  private double[] values = new double[64];

  Scores(WorkerScore score) {
    this.score = score;
  }

  boolean isOf(WorkerScore other) {
    return score == other;
  }

  void update(Slot slot) {
    if (slot.ordinal() >= values.length) {
      values = Arrays.copyOf(values, Math.max(slot.ordinal() + 1, values.length * 3 / 2));
    }
    values[slot.ordinal()] = score.of(slot);
  }

  double get(int ordinal) {
    return values[ordinal];
  }
}
