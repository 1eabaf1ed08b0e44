package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a run that is due while the last one still runs. */
public enum ConcurrencyPolicy {
  /** It starts beside it, as a task of its own that the recurring one owns. */
  @JsonProperty("Allow")
  ALLOW,

  /** It is left out. */
  @JsonProperty("Forbid")
  FORBID,

  /** It takes the place of the last one, which is stopped. */
  @JsonProperty("Replace")
  REPLACE
}
