package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a Task computes. */
public enum TaskKind {
  /** A call of a function, with a result. */
  @JsonProperty("standard")
  STANDARD,

  /** A step of federated learning, with a model update as its result. */
  @JsonProperty("federated")
  FEDERATED
}
