package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;

/** How far a Task is. */
public enum TaskPhase {
  /** It waits: for a worker, for its dependencies, for its time. */
  @JsonProperty("pending")
  PENDING,

  /** A worker has been chosen and is being told. */
  @JsonProperty("scheduled")
  SCHEDULED,

  /** A worker runs it. */
  @JsonProperty("running")
  RUNNING,

  /** It has a result. */
  @JsonProperty("completed")
  COMPLETED,

  /** It ended with an error. */
  @JsonProperty("failed")
  FAILED,

  /** It was never run, since what it depends on ended the other way. */
  @JsonProperty("skipped")
  SKIPPED,

  /** It was stopped, or its worker went, while it ran. */
  @JsonProperty("interrupted")
  INTERRUPTED;

  /**
   * Tells whether a Task in this phase may be in {@code next} after one step. A phase is no move of
   * its own, so the answer is false for the phase itself.
   */
  public boolean canBecome(TaskPhase next) {
    return switch (this) {
      case PENDING -> isOneOf(next, SCHEDULED, RUNNING, COMPLETED, FAILED, SKIPPED);
      case SCHEDULED -> isOneOf(next, PENDING, RUNNING, COMPLETED, FAILED, SKIPPED);
      case RUNNING -> isOneOf(next, COMPLETED, FAILED, INTERRUPTED);
      case COMPLETED, FAILED, INTERRUPTED -> next == PENDING;
      case SKIPPED -> false;
    };
  }

  /**
   * Tells whether a run is over in this phase: completed, failed, skipped or interrupted. Only a
   * skipped Task is over for good; from the others it may be pending again.
   */
  public boolean isTerminal() {
    return isOneOf(this, COMPLETED, FAILED, SKIPPED, INTERRUPTED);
  }

  private static boolean isOneOf(TaskPhase phase, TaskPhase first, TaskPhase... rest) {
    return EnumSet.of(first, rest).contains(phase);
  }
}
