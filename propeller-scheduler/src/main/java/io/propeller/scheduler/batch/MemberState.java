package io.propeller.scheduler.batch;

import io.propeller.scheduler.workflow.StepOutcome;
import java.util.Optional;

/** How far a task of a batch is. */
public enum MemberState {
  /** It has not been made. */
  ABSENT,
  /** It has been made, or is being made, and has not started. */
  WAITING,
  /** It has been made, has not started, and the batch holds it back. */
  HELD,
  /** It runs, or will run again by itself. */
  RUNNING,
  /** It was interrupted and starts again by itself. */
  INTERRUPTED,
  /** It was interrupted, and the batch holds it back. */
  STOPPED,
  /** It ran and did what it was to do. */
  SUCCEEDED,
  /** It ran and did not. */
  FAILED,
  /** It did not run, since what it depends on ended the other way. */
  SKIPPED,
  /** It cannot be made, which is a failure of its own. */
  REFUSED;

  /** Returns how it ended; empty if it has not. */
  public Optional<StepOutcome> outcome() {
    return switch (this) {
      case SUCCEEDED -> Optional.of(StepOutcome.SUCCEEDED);
      case FAILED, REFUSED -> Optional.of(StepOutcome.FAILED);
      case SKIPPED -> Optional.of(StepOutcome.SKIPPED);
      case ABSENT, WAITING, HELD, RUNNING, INTERRUPTED, STOPPED -> Optional.empty();
    };
  }

  /** Returns whether there is such a task. */
  public boolean isMade() {
    return this != ABSENT && this != REFUSED;
  }

  /** Returns whether there is such a task, and it has not ended. */
  public boolean isOpen() {
    return isMade() && outcome().isEmpty();
  }
}
