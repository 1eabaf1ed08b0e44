package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a round of federated learning is. */
public enum TrainingRoundPhase {
  /** No participant has been asked yet. */
  @JsonProperty("Pending")
  PENDING,

  /** Participants train. */
  @JsonProperty("Running")
  RUNNING,

  /** Enough updates are in, and the model is computed from them. */
  @JsonProperty("Aggregating")
  AGGREGATING,

  /** The model is in the store. */
  @JsonProperty("Completed")
  COMPLETED,

  /** Too few updates came, or no model could be computed from them. */
  @JsonProperty("Failed")
  FAILED;

  /**
   * Tells whether a round in this phase may be in {@code next} after one step. A phase is no move
   * of its own, so the answer is false for the phase itself.
   */
  public boolean canBecome(TrainingRoundPhase next) {
    return switch (this) {
      case PENDING -> next == RUNNING || next == FAILED;
      case RUNNING -> next == AGGREGATING || next == FAILED;
      case AGGREGATING -> next == COMPLETED || next == FAILED;
      case COMPLETED, FAILED -> false;
    };
  }

  /** Tells whether the round is over. */
  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED;
  }
}
