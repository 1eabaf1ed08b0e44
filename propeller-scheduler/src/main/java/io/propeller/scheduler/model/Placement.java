package io.propeller.scheduler.model;

/** What came of a request for a worker. */
public sealed interface Placement permits Placed, NotPlaced {

  /** The task that asked. */
  TaskId task();
}
