package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import org.jspecify.annotations.Nullable;

/** Picks, for each task, one of the workers that fit it. Called by one thread at a time. */
public interface SchedulingPolicy {

  /**
   * Picks a worker.
   *
   * @param task the task that wants a worker
   * @param candidates the workers that fit it, at least one; valid during the call only
   * @return one of the candidates, or null to let the task wait
   */
  @Nullable WorkerState pick(TaskRequest task, Candidates candidates);
}
