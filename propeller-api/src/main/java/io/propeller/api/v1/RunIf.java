package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a Task with dependencies runs. */
public enum RunIf {
  /** When all of them completed. */
  @JsonProperty("success")
  SUCCESS,

  /** When any of them did not complete. */
  @JsonProperty("failure")
  FAILURE
}
