package io.propeller.scheduler.workflow;

/** How a step ended. */
public enum StepOutcome {
  /** It ran and did what it was to do. */
  SUCCEEDED,
  /** It ran and did not. */
  FAILED,
  /** It did not run, since its dependencies' outcomes are not those that it runs under. */
  SKIPPED
}
