package io.propeller.scheduler.retry;

/**
 * All that has to be remembered between attempts: one number, which fits any status field.
 *
 * @param failures how often the work has failed, from 0
 */
public record RetryState(int failures) {

  /** The state before the first failure. */
  public static final RetryState NEW = new RetryState(0);

  /**
   * @throws IllegalArgumentException if the number is negative
   */
  public RetryState {
    if (failures < 0) {
      throw new IllegalArgumentException("failures must be 0 or more, but is " + failures);
    }
  }
}
