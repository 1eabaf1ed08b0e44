package io.propeller.scheduler.model;

/** What is known of a worker's life. Only a {@link #RUNNING} worker is given tasks. */
public enum WorkerPhase {
  /** Not heard of yet. */
  INITIALIZING,
  /** Alive. */
  RUNNING,
  /** Not heard of for too long, or gone on its own word. */
  OFFLINE
}
