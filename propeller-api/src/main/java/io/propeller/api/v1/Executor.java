package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What runs a Task on a k8s proplet. */
public enum Executor {
  /** A Kubernetes Job for an image, the worker's own runtime for anything else. */
  @JsonProperty("auto")
  AUTO,

  /** A Kubernetes Job. */
  @JsonProperty("job")
  JOB,

  /** The worker's own runtime, as on a device. */
  @JsonProperty("mqtt")
  MQTT
}
