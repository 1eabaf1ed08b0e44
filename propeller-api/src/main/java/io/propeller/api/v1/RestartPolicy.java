package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the pod of a Task that runs as a Kubernetes Job is started again in place. */
public enum RestartPolicy {
  /** Whenever it ends. */
  @JsonProperty("Always")
  ALWAYS,

  /** When it failed. */
  @JsonProperty("OnFailure")
  ON_FAILURE,

  /** Never. */
  @JsonProperty("Never")
  NEVER
}
