package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;

/**
 * Rules out workers that would fit a task: what others call a hard constraint.
 *
 * <p>Called by one thread at a time, for each worker that satisfies the task's own criteria. A
 * filter that throws or takes longer than allowed loses that turn: the worker is judged as though
 * the filter were not there, and the {@link PolicyMonitor} is told.
 */
@FunctionalInterface
public non-sealed interface Filter extends PolicyPart {

  /** Tells whether the task may run on the worker. */
  boolean accepts(TaskRequest task, WorkerState worker);
}
