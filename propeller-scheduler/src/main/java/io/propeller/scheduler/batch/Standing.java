package io.propeller.scheduler.batch;

/** Where a batch stands. */
public enum Standing {
  /** None of its tasks has started. */
  PENDING,
  /** It goes on. */
  RUNNING,
  /** Its owner holds it back. */
  SUSPENDED,
  /** Nothing is left to wait for but guests that are not there. */
  WAITS_FOR_GUESTS,
  /** A task failed, and the rest is being stopped. */
  STOPPING,
  /** It took longer than it may, and is being stopped. */
  OVERDUE,
  /** All tasks are over, and none failed. */
  COMPLETED,
  /** All tasks are over that will be, and one or more failed or were stopped. */
  FAILED,
  /** It took longer than it may, and was stopped. */
  DEADLINE_EXCEEDED;

  /** Returns whether nothing more will come of it. */
  public boolean isOver() {
    return this == COMPLETED || this == FAILED || this == DEADLINE_EXCEEDED;
  }
}
