package io.propeller.scheduler.retry;

/** How the pauses between attempts grow. */
public enum Backoff {
  /** They do not. */
  CONSTANT,
  /** Each is twice the one before. */
  EXPONENTIAL
}
