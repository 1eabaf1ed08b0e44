package io.propeller.scheduler.lifecycle;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Optional;

/** What to do next with a task. */
public sealed interface Decision {

  /** Ask for a place, since it has none, and decide again at that time at the latest. */
  record Place(Optional<Instant> until) implements Decision {}

  /**
   * Record the attempt, then send it to the worker.
   *
   * @param nextRun when the run after this one is due, if the task recurs
   */
  record Dispatch(WorkerId worker, int attempt, Optional<Instant> nextRun) implements Decision {}

  /**
   * Record the attempt and whom it is for, then send it to all of them.
   *
   * @param nextRun when the run after this one is due, if the task recurs
   */
  record Broadcast(ImmutableSet<WorkerId> workers, int attempt, Optional<Instant> nextRun)
      implements Decision {}

  /**
   * Record what those have answered to whom it was sent.
   *
   * @param gone those of whom no answer will come, and why
   * @param end what then follows, if nobody is left
   */
  record Gather(ImmutableMap<WorkerId, String> gone, Optional<Decision> end) implements Decision {}

  /** Record that its worker has started it; it goes on by itself. */
  record Started() implements Decision {}

  /** Record that nobody knows whether its worker was told, and decide again at that time. */
  record Doubt(Optional<Instant> until) implements Decision {}

  /** Leave it as it is, and decide again at that time at the latest. */
  record Wait(Optional<Instant> until) implements Decision {}

  /** Record why it is not to be placed now, and decide again at that time at the latest. */
  record Hold(Obstacle obstacle, String message, Optional<Instant> until) implements Decision {}

  /** Record when the next run is due; of a run that was due till now, nothing comes. */
  record Plan(Instant due) implements Decision {}

  /**
   * Have the run that is due go on beside this one, then record when the next is due.
   *
   * @param due when it was due, by which it is told from other runs
   * @param nextRun when the run after that is due; empty if that is beyond the calendar
   */
  record RunBeside(Instant due, Optional<Instant> nextRun) implements Decision {}

  /** Record that its attempt is over without an outcome. */
  record Interrupt(Interruption cause, String message) implements Decision {}

  /** Record that its attempt failed and another will be made. */
  record Retry(String error) implements Decision {}

  /**
   * Record that it waits to be placed again.
   *
   * @param anew whether a new run begins, to which nothing of the last one counts
   */
  record Requeue(boolean anew) implements Decision {}

  /** Record its outcome: it ran to its end. */
  record Complete() implements Decision {}

  /** Record its outcome: it failed. */
  record Fail(Failure kind, String message) implements Decision {}

  /** Record that it will never run, since what it depends on ended the other way. */
  record Skip(String message) implements Decision {}

  /** Delete it: it has been over for as long as it wanted to be kept. */
  record Expire() implements Decision {}

  /** What keeps a task from being placed, whatever the workers are. */
  enum Obstacle {
    /** Its owner holds it back. */
    SUSPENDED,
    /** It is not time for its next run. */
    NOT_DUE,
    /** It depends on tasks that are not over. */
    DEPENDENCIES,
    /** Its last attempt failed too short a time ago. */
    BACKOFF,
    /** The task that it calls cannot be called now. */
    CALLEE
  }

  /** Why an attempt ended without an outcome. */
  enum Interruption {
    /** Its worker was lost. */
    WORKER_LOST,
    /** Its owner holds the task back. */
    SUSPENDED,
    /** The next run took its place. */
    REPLACED,
    /** Its worker may not run it any more. */
    EVICTED
  }

  /** Why a task failed. */
  enum Failure {
    /** The worker said so. */
    TASK_ERROR,
    /** It took longer than it may. */
    DEADLINE_EXCEEDED,
    /** Its worker was away for too long, and it asked to fail then. */
    WORKER_LOST,
    /** It lost too many workers. */
    TOO_MANY_WORKERS_LOST,
    /** No worker could read what it would be told. */
    UNSENDABLE,
    /** It depends on itself, over others or not. */
    DEPENDENCY_CYCLE,
    /** It asks for what there cannot be. */
    INVALID_SPEC,
    /** It asks for what there is not yet. */
    NOT_SUPPORTED
  }
}
