package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a batch or an experiment is. */
public enum JobPhase {
  /** None of its work has started. */
  @JsonProperty("Pending")
  PENDING,

  /** Its work goes on. */
  @JsonProperty("Running")
  RUNNING,

  /** All of its work is done. */
  @JsonProperty("Completed")
  COMPLETED,

  /** Some of its work failed, or it ran out of time. */
  @JsonProperty("Failed")
  FAILED;

  /**
   * Tells whether a job in this phase may be in {@code next} after one step. A phase is no move of
   * its own, so the answer is false for the phase itself.
   */
  public boolean canBecome(JobPhase next) {
    return switch (this) {
      case PENDING -> next != PENDING;
      case RUNNING -> next.isTerminal();
      case COMPLETED, FAILED -> false;
    };
  }

  /** Tells whether the job is over. */
  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED;
  }
}
