package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Optional;

/** What to do next with a task. */
public sealed interface Decision {

  /** Ask for a place; it has none. */
  record Place() implements Decision {}

  /** Record the attempt, then send it to the worker. */
  record Dispatch(WorkerId worker, int attempt) implements Decision {}

  /** Leave it as it is, and decide again at that time at the latest. */
  record Wait(Optional<Instant> until) implements Decision {}

  /** Record that its worker was lost; the attempt is given up. */
  record Interrupt(String reason) implements Decision {}

  /** Record that it waits to be placed again. */
  record Requeue() implements Decision {}

  /** Record its outcome: it ran to its end. */
  record Complete() implements Decision {}

  /** Record its outcome: it failed. */
  record Fail(Failure kind, String message) implements Decision {}

  /** Why a task failed. */
  enum Failure {
    /** The worker said so. */
    TASK_ERROR,
    /** It took longer than it may. */
    DEADLINE_EXCEEDED,
    /** Its worker was away for too long, and it asked to fail then. */
    WORKER_LOST,
    /** It lost too many workers. */
    TOO_MANY_WORKERS_LOST
  }
}
