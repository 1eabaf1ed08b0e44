package io.propeller.scheduler.model;

/** Where a worker lives. */
public enum WorkerKind {
  /** A pod in the cluster. */
  K8S,
  /** A device that only the broker reaches. */
  EXTERNAL
}
