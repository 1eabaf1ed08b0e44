package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a worker can be used now. */
public enum PropletPhase {
  /** Nothing has been heard of it yet. */
  @JsonProperty("Initializing")
  INITIALIZING,

  /** It is there. */
  @JsonProperty("Running")
  RUNNING,

  /** It was there and has fallen silent, or has said that it leaves. */
  @JsonProperty("Offline")
  OFFLINE;

  /**
   * Tells whether a Proplet in this phase may be in {@code next} after one step. A phase is no move
   * of its own, so the answer is false for the phase itself.
   */
  public boolean canBecome(PropletPhase next) {
    return switch (this) {
      case INITIALIZING, RUNNING -> next == OFFLINE || (this == INITIALIZING && next == RUNNING);
      case OFFLINE -> next == RUNNING;
    };
  }
}
