package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a taint does to Tasks that do not tolerate it. */
public enum TaintEffect {
  /** They are not placed on the worker; those that run there stay. */
  @JsonProperty("NoSchedule")
  NO_SCHEDULE,

  /** They are not placed on the worker, and those that run there are taken off. */
  @JsonProperty("NoExecute")
  NO_EXECUTE
}
