package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;

/**
 * Says how well a worker suits a task: what others call a soft constraint.
 *
 * <p>Called by one thread at a time, for each worker that fits. A scorer that throws, returns
 * anything but a number from 0 to 1, or takes longer than allowed loses that turn: the task is
 * placed without regard to any of its scores, and the {@link PolicyMonitor} is told.
 */
@FunctionalInterface
public non-sealed interface Scorer extends PolicyPart {

  /** Returns the score, from 0 for the best to 1 for the worst. */
  double score(TaskRequest task, WorkerState worker);
}
