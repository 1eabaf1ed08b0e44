package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order a job runs its tasks. */
public enum ExecutionMode {
  /** All at once. */
  @JsonProperty("parallel")
  PARALLEL,

  /** One after the other, in the order in which they are listed. */
  @JsonProperty("sequential")
  SEQUENTIAL,

  /** Each as soon as the tasks in its dependsOn are over. */
  @JsonProperty("configurable")
  CONFIGURABLE
}
