package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which workers a Task may go to, by where they run. */
public enum PreferredPropletType {
  /** Pods of this cluster only. */
  @JsonProperty("k8s")
  K8S,

  /** Devices only. */
  @JsonProperty("external")
  EXTERNAL,

  /** Either. */
  @JsonProperty("any")
  ANY
}
