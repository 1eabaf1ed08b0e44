package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerScore;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;

/** See {@link Policies#BIN_PACK}. */
final class BinPackPolicy implements SchedulingPolicy {

  private static final WorkerScore SCORE = worker -> -Load.of(worker);

  @Override
  public WorkerState pick(TaskRequest task, Candidates candidates) {
    return candidates.lowest(SCORE);
  }
}
