package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;

/** How far the present run of a task has come, as it is recorded. */
public sealed interface TaskRun {

  /** Returns how many attempts the task has made in its life. */
  int attempts();

  /** Returns how many workers were lost with the task in the present run. */
  int lostWorkers();

  /** It waits to be placed. */
  record Waiting(int attempts, int lostWorkers) implements TaskRun {}

  /** Its attempt with the highest number was given to a worker. */
  record Dispatched(int attempts, int lostWorkers, WorkerId worker, Instant startedAt)
      implements TaskRun {}

  /** Its worker was lost, and it is to be placed again. */
  record Interrupted(int attempts, int lostWorkers) implements TaskRun {}

  /** It has its outcome. */
  record Finished(int attempts, int lostWorkers) implements TaskRun {}
}
