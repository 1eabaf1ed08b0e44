package io.propeller.operator.internal.job;

import io.propeller.api.v1.Executor;
import io.propeller.api.v1.TaskSpec;
import io.propeller.scheduler.model.WorkerKind;

/** What runs a Task once it has its Proplet. */
public enum Execution {
  /** The Proplet's own runtime, told by a Start. */
  WORKER,
  /** A Kubernetes Job. */
  JOB;

  /**
   * Returns what runs a Task on a Proplet of that kind. A module that is a file behind an http(s)
   * URL is no image that a pod could be made of: it is the runtime's. So is one that is to be
   * called, and a call.
   */
  public static Execution of(TaskSpec spec, WorkerKind kind) {
    boolean called = spec.isLatent() || spec.getInvokes() != null;
    if (kind != WorkerKind.K8S || called || spec.getExecutor() == Executor.MQTT) {
      return WORKER;
    }
    return spec.getExecutor() == Executor.JOB || isImage(spec) ? JOB : WORKER;
  }

  /** Returns whether {@code spec.imageUrl} names an image of a registry. */
  public static boolean isImage(TaskSpec spec) {
    String image = spec.getImageUrl();
    return image != null
        && !image.isBlank()
        && !image.startsWith("http://")
        && !image.startsWith("https://");
  }
}
