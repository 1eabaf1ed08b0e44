package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a worker runs. */
public enum PropletType {
  /** In pods of this cluster, in a Deployment that the operator owns. */
  @JsonProperty("k8s")
  K8S,

  /** Outside, on a device that the operator only hears of. */
  @JsonProperty("external")
  EXTERNAL
}
