package io.propeller.scheduler.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * What is counted of a task, as it is recorded.
 *
 * @param attempts how many attempts the task has made in its life
 * @param failures how many attempts of the present run failed
 * @param lostWorkers how many workers were lost with the task in the present run
 * @param startedAt when the first attempt of the present run was made; empty while there is none
 */
public record RunTally(int attempts, int failures, int lostWorkers, Optional<Instant> startedAt) {

  /** The tally of a task that was never run. */
  public static final RunTally NONE = new RunTally(0, 0, 0, Optional.empty());
}
