package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.internal.ValueStyle;
import io.propeller.scheduler.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** What a task asks for while it runs. Immutable. */
@Value.Immutable
@ValueStyle
public interface RunRules {

  /** Returns a builder; all has a default. */
  static Builder builder() {
    return new Builder();
  }

  /** What happens once its worker was away for the grace; it is placed again by default. */
  @Value.Default
  default OnDisconnect onDisconnect() {
    return OnDisconnect.RESCHEDULE;
  }

  /** How long its worker may be away; a minute by default. */
  @Value.Default
  default Duration disconnectGrace() {
    return Duration.ofSeconds(60);
  }

  /** How long a run may take, from its first attempt to its outcome; absent for no limit. */
  Optional<Duration> activeDeadline();

  /** Whether and when it is tried again after it failed; not at all by default. */
  @Value.Default
  default RetryPolicy retry() {
    return RetryPolicy.builder().build();
  }

  /** For how long it is kept once it is over; absent for ever. */
  Optional<Duration> timeToLive();

  /** Whether its owner holds it back; false by default. */
  @Value.Default
  default boolean suspended() {
    return false;
  }

  /** Whether it goes to every worker that fits, and not to one of them; false by default. */
  @Value.Default
  default boolean broadcast() {
    return false;
  }

  /**
   * Whether it goes on by itself once it has started, or stays where it is to be called; false by
   * default.
   */
  @Value.Default
  default boolean daemon() {
    return false;
  }

  /** When it runs again; absent for a task that runs once. */
  Optional<Recurrence> recurrence();

  /** What happens to a task whose worker was away for longer than the grace. */
  enum OnDisconnect {
    /** It is placed again. */
    RESCHEDULE,
    /** It waits for its worker. */
    WAIT,
    /** It fails. */
    FAIL
  }

  /** Builds rules. */
  final class Builder extends ImmutableRunRules.Builder {
    Builder() {}
  }
}
