package io.propeller.scheduler.policy;

/**
 * The names of what comes with the scheduler. Where a policy finds workers equally good, it takes
 * the one of the lower {@linkplain io.propeller.scheduler.fleet.WorkerState#ordinal() ordinal}.
 */
public final class Policies {

  /** Takes the workers in turn. The default. */
  public static final String ROUND_ROBIN = "round-robin";

  /**
   * Takes the workers in turn, as the scheduler of this name in the Go operator does. That tasks of
   * higher priority go first is the queue's doing, under every policy.
   */
  public static final String PRIORITY = "priority";

  /** Takes the worker of the least load, of equally loaded ones the one that runs fewer tasks. */
  public static final String LEAST_LOADED = "least-loaded";

  /**
   * Takes the worker of the greatest load, of equally loaded ones the one that runs more tasks, to
   * keep others free.
   */
  public static final String BIN_PACK = "bin-pack";

  /**
   * Takes a worker of the zone in which the fewest tasks run, and in it the least loaded; a zone is
   * a value of the label that the setting {@code label} names, {@code topology.kubernetes.io/zone}
   * by default. Counts, and looks at, the workers that fit the task, and no others.
   */
  public static final String SPREAD = "spread";

  /**
   * Draws two workers and takes the less loaded, which spreads load nearly as well as looking at
   * all.
   */
  public static final String TWO_CHOICES = "two-choices";

  /**
   * Takes the same worker for the same task as long as it fits, and moves no task but those of a
   * worker that is gone. Looks at every candidate.
   */
  public static final String RENDEZVOUS = "rendezvous";

  /** A scorer: the load, at most 1. */
  public static final String LOAD = "load";

  /** A scorer: what is free, so that loaded workers are preferred. */
  public static final String FREE = "free";

  private Policies() {}
}
