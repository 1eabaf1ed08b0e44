package io.propeller.scheduler.retry;

import java.time.Duration;
import java.time.Instant;

/** What is to be done about a failure. */
public sealed interface RetryDecision {

  /**
   * Try again.
   *
   * @param at when
   * @param pause how long after the failure that is
   * @param state the state to keep until then
   */
  record Again(Instant at, Duration pause, RetryState state) implements RetryDecision {}

  /**
   * Give up.
   *
   * @param failures how often the work failed
   */
  record GiveUp(int failures) implements RetryDecision {}
}
