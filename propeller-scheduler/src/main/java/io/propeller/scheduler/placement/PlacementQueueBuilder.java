package io.propeller.scheduler.placement;

import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.policy.Policies;
import io.propeller.scheduler.policy.PolicyEnvironment;
import io.propeller.scheduler.policy.PolicyRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link PlacementQueue}. Only the clock must be given. */
public final class PlacementQueueBuilder {

  private @Nullable InstantSource clock;
  private PolicyRegistry policies = PolicyRegistry.builtIn();
  private PolicyEnvironment environment = PolicyEnvironment.builder().build();
  private String defaultPolicy = Policies.ROUND_ROBIN;
  private Duration ageing = Duration.ofMinutes(1);
  private Duration holdAfter = Duration.ofMinutes(5);

  PlacementQueueBuilder() {}

  /** Where the queue reads the time from. */
  public PlacementQueueBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Sets the policies that tasks may name; those that come with the scheduler by default. */
  public PlacementQueueBuilder policies(PolicyRegistry policies) {
    this.policies = policies;
    return this;
  }

  /**
   * Sets what surrounds the policies: randomness, the time that plug-ins are allowed, and who hears
   * of their failures.
   */
  public PlacementQueueBuilder environment(PolicyEnvironment environment) {
    this.environment = environment;
    return this;
  }

  /** Sets the policy of tasks that name none; {@link Policies#ROUND_ROBIN} by default. */
  public PlacementQueueBuilder defaultPolicy(String name) {
    this.defaultPolicy = name;
    return this;
  }

  /**
   * Sets how long a task waits to be raised by one point of priority; a minute by default.
   *
   * @throws IllegalArgumentException if it is less than a millisecond, or over 10,000 days
   */
  public PlacementQueueBuilder ageing(Duration ageing) {
    this.ageing = checked("ageing", ageing);
    return this;
  }

  /**
   * Sets how long the first of those that wait does so before a worker is held for it; five minutes
   * by default.
   *
   * @throws IllegalArgumentException if it is less than a millisecond, or over 10,000 days
   */
  public PlacementQueueBuilder holdAfter(Duration holdAfter) {
    this.holdAfter = checked("holdAfter", holdAfter);
    return this;
  }

  private static Duration checked(String name, Duration duration) {
    if (duration.toMillis() < 1 || duration.toDays() > 10_000) {
      throw new IllegalArgumentException(
          "%s must be from 1 ms to 10,000 days, but is %s".formatted(name, duration));
    }
    return duration;
  }

  /**
   * Builds an empty queue.
   *
   * @throws IllegalStateException if no clock was given
   * @throws IllegalArgumentException if there is no policy of the default's name
   */
  public PlacementQueue build() {
    if (clock == null) {
      throw new IllegalStateException("a placement queue needs a clock");
    }
    Fleet fleet = new Fleet();
    Picker picker = new Picker(fleet, policies, environment, defaultPolicy);
    return new PlacementQueue(fleet, picker, clock, ageing, holdAfter);
  }
}
