package io.propeller.scheduler.retry;

import io.propeller.scheduler.internal.ValueStyle;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.immutables.value.Value;

/** Says whether and when work that failed is tried again. */
@Value.Immutable
@ValueStyle
public interface RetryPolicy {

  /** Returns a builder; all has a default. */
  static Builder builder() {
    return new Builder();
  }

  /** How often it is tried again at most, from 0; 0 by default. */
  @Value.Default
  default int limit() {
    return 0;
  }

  /** How the pauses grow; exponentially by default. */
  @Value.Default
  default Backoff backoff() {
    return Backoff.EXPONENTIAL;
  }

  /** The first pause, from 0; 10 seconds by default. */
  @Value.Default
  default Duration interval() {
    return Duration.ofSeconds(10);
  }

  /**
   * The longest pause, jitter left out; 10 minutes by default. A longer {@link #interval()} is cut
   * to it.
   */
  @Value.Default
  default Duration maxInterval() {
    return Duration.ofMinutes(10);
  }

  /**
   * By what share of itself a pause is made longer at most, at random, from 0 to 1; 0.1 by default.
   */
  @Value.Default
  default double jitter() {
    return 0.1;
  }

  /**
   * Decides what is to be done about a failure.
   *
   * @param state what the last decision told to keep, or {@link RetryState#NEW}
   * @param failedAt when it failed
   * @param random where the jitter comes from
   */
  default RetryDecision decide(RetryState state, Instant failedAt, RandomGenerator random) {
    if (state.failures() >= limit()) {
      return new RetryDecision.GiveUp(state.failures() + 1);
    }
    Duration pause = withJitter(pause(state.failures()), random);
    return new RetryDecision.Again(
        failedAt.plus(pause), pause, new RetryState(state.failures() + 1));
  }

  /**
   * Returns the pause, jitter left out, after so many earlier failures.
   *
   * @param earlierFailures how often it failed before, from 0
   */
  default Duration pause(int earlierFailures) {
    Duration pause = interval();
    if (backoff() == Backoff.EXPONENTIAL) {
      for (int i = 0; i < earlierFailures && pause.compareTo(maxInterval()) < 0; i++) {
        if (pause.isZero()) {
          return pause;
        }
        pause = pause.multipliedBy(2);
      }
    }
    return pause.compareTo(maxInterval()) > 0 ? maxInterval() : pause;
  }

  private Duration withJitter(Duration pause, RandomGenerator random) {
    long most = (long) (pause.toMillis() * jitter());
    return most == 0 ? pause : pause.plusMillis(random.nextLong(most + 1));
  }

  /**
   * Called by {@link Builder#build()}.
   *
   * @throws IllegalStateException if a value is out of its range
   */
  @Value.Check
  default void check() {
    require(limit() >= 0, "limit must be 0 or more, but is " + limit());
    require(!interval().isNegative(), "interval must be 0 or more, but is " + interval());
    require(!maxInterval().isNegative(), "maxInterval must be 0 or more, but is " + maxInterval());
    require(
        maxInterval().toDays() <= 36_500,
        "maxInterval must be at most 36,500 days, but is " + maxInterval());
    require(jitter() >= 0 && jitter() <= 1, "jitter must be from 0 to 1, but is " + jitter());
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException("retry policy: " + message);
    }
  }

  /** Builds a policy. */
  final class Builder extends ImmutableRetryPolicy.Builder {
    Builder() {}
  }
}
