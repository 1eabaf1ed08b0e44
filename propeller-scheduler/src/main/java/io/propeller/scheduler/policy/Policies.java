package io.propeller.scheduler.policy;

/** The policies that come with the scheduler. */
public final class Policies {

  /** The name of the policy that takes the workers in turn, which is the default. */
  public static final String ROUND_ROBIN = "round-robin";

  private Policies() {}

  /** Returns a new policy that takes the workers in turn. */
  public static SchedulingPolicy roundRobin() {
    return new RoundRobinPolicy();
  }
}
