package io.propeller.scheduler.lifecycle;

import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Optional;

/** How far the present run of a task has come, as it is recorded. */
public sealed interface TaskRun {

  /** Returns what was counted so far. */
  RunTally tally();

  /**
   * It waits to be placed.
   *
   * @param failedAt when its last attempt failed, if it is to be tried again for that
   * @param dueAt when its next run is due, if it recurs and that was planned
   */
  record Waiting(RunTally tally, Optional<Instant> failedAt, Optional<Instant> dueAt)
      implements TaskRun {}

  /**
   * Its attempt with the highest number was given to a worker.
   *
   * @param sentAt when that was decided
   * @param dueAt when its next run is due, if it recurs
   */
  record Dispatched(RunTally tally, WorkerId worker, Instant sentAt, Optional<Instant> dueAt)
      implements TaskRun {}

  /**
   * Its attempt with the highest number was sent to several workers.
   *
   * @param open those of them that have not answered
   * @param succeeded how many of the others answered without an error
   * @param sentAt when that was decided
   * @param dueAt when its next run is due, if it recurs
   */
  record Broadcasting(
      RunTally tally,
      ImmutableSet<WorkerId> open,
      int succeeded,
      Instant sentAt,
      Optional<Instant> dueAt)
      implements TaskRun {}

  /** Its attempt is over without an outcome. */
  record Interrupted(RunTally tally, Interruption cause) implements TaskRun {}

  /** Its attempt failed, and another is to be made. */
  record Failed(RunTally tally) implements TaskRun {}

  /**
   * It has its outcome.
   *
   * @param finishedAt since when
   * @param dueAt when its next run is due, if it recurs
   */
  record Finished(RunTally tally, Instant finishedAt, Optional<Instant> dueAt) implements TaskRun {}
}
