package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerScore;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;

/** See {@link Policies#LEAST_LOADED}. */
final class LeastLoadedPolicy implements SchedulingPolicy {

  private static final WorkerScore SCORE = Load::of;

  @Override
  public WorkerState pick(TaskRequest task, Candidates candidates) {
    return candidates.lowest(SCORE);
  }
}
