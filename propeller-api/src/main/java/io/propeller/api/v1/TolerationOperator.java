package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a toleration compares. */
public enum TolerationOperator {
  /** Key and value are the taint's. */
  @JsonProperty("Equal")
  EQUAL,

  /** The key is the taint's, whatever the value; without a key, every taint. */
  @JsonProperty("Exists")
  EXISTS
}
