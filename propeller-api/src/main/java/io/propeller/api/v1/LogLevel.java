package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a worker logs. */
public enum LogLevel {
  /** Everything. */
  @JsonProperty("debug")
  DEBUG,

  /** What happens. */
  @JsonProperty("info")
  INFO,

  /** What looks wrong. */
  @JsonProperty("warn")
  WARN,

  /** What went wrong. */
  @JsonProperty("error")
  ERROR
}
