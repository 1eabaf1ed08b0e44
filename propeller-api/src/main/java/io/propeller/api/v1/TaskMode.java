package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a Task does with a model. */
public enum TaskMode {
  /** Applies it. */
  @JsonProperty("infer")
  INFER,

  /** Improves it. */
  @JsonProperty("train")
  TRAIN
}
