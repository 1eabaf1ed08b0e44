package io.propeller.scheduler.workflow;

/** Under which outcome of its dependencies a step runs. */
public enum RunIf {
  /** If all of them succeeded; also if there are none. */
  SUCCESS,
  /** If at least one of them did not succeed. */
  FAILURE
}
