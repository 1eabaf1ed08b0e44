package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import org.jspecify.annotations.Nullable;

/**
 * Takes the workers in turn: the first candidate after the worker that was picked last, in the
 * fleet's order.
 */
final class RoundRobinPolicy implements SchedulingPolicy {

  private int next;

  @Override
  public @Nullable WorkerState pick(TaskRequest task, Candidates candidates) {
    WorkerState picked = candidates.firstFrom(next);
    if (picked == null) {
      picked = candidates.firstFrom(0);
    }
    if (picked != null) {
      next = picked.ordinal() + 1;
    }
    return picked;
  }
}
