package io.propeller.operator.internal.task;

import io.propeller.scheduler.model.Criterion;
import io.propeller.scheduler.model.NotPlaced;

/** Tells a task that waits for its turn from one that nothing fits. */
final class Waits {

  private Waits() {}

  /**
   * Returns whether some proplet would do if it had room. To wait for that is the normal life of a
   * task in a burst, and not worth a write to each of them.
   */
  static boolean forRoom(NotPlaced refusal) {
    return refusal.reasons().stream()
        .anyMatch(
            reason ->
                reason.criterion() == Criterion.ROOM || reason.criterion() == Criterion.TASK_LIMIT);
  }
}
