package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import org.jspecify.annotations.Nullable;

/**
 * Picks, for each task, one of the workers that fit it.
 *
 * <p>Called by one thread at a time, so it may keep state without locks. It must not block, and
 * must not keep the candidates or change the fleet. It picks by what it is told and by its own
 * state alone: the same calls on equal fleets pick the same workers.
 *
 * <p>A policy that throws, picks a worker that is no candidate, or takes longer than allowed loses
 * that turn: the task is placed by {@link Policies#ROUND_ROBIN} instead, and the {@link
 * PolicyMonitor} is told. Nothing else changes.
 */
@FunctionalInterface
public non-sealed interface SchedulingPolicy extends PolicyPart {

  /**
   * Picks a worker.
   *
   * @param task the task that wants a worker
   * @param candidates the workers that fit it, at least one; valid during the call only
   * @return one of the candidates, or null to let the task wait until a worker that fits it comes
   *     or changes
   */
  @Nullable WorkerState pick(TaskRequest task, Candidates candidates);
}
