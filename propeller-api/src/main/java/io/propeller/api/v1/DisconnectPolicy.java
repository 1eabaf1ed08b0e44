package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a Task whose worker has been Offline for the grace period. */
public enum DisconnectPolicy {
  /** It is given up there and placed elsewhere. */
  @JsonProperty("Reschedule")
  RESCHEDULE,

  /** It waits for the worker. */
  @JsonProperty("Wait")
  WAIT,

  /** It fails. */
  @JsonProperty("Fail")
  FAIL
}
