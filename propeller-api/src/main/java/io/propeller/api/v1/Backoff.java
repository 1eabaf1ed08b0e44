package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the wait before another attempt grows. */
public enum Backoff {
  /** It stays the same. */
  @JsonProperty("constant")
  CONSTANT,

  /** It doubles each time. */
  @JsonProperty("exponential")
  EXPONENTIAL
}
