package io.propeller.operator.internal.task;

import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskStatus;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.lifecycle.RunTally;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads from a status how far a task has come. */
final class TaskRuns {

  private TaskRuns() {}

  /** Returns how far a task has come, as its status records it. */
  static TaskRun of(Task task) {
    TaskStatus status = task.getStatus();
    if (status == null) {
      return new TaskRun.Waiting(RunTally.NONE, Optional.empty(), Optional.empty());
    }
    RunTally tally = tally(status);
    Optional<Instant> due = Optional.ofNullable(status.getNextRun());
    return switch (task.phase()) {
      case PENDING -> new TaskRun.Waiting(tally, failedAt(status), due);
      case SCHEDULED, RUNNING ->
          task.getSpec().isBroadcast()
              ? broadcasting(status, tally, due)
              : dispatched(status, tally, due);
      case INTERRUPTED ->
          new TaskRun.Interrupted(
              tally,
              last(status)
                  .map(AttemptStatus::getReason)
                  .map(Reasons::interruption)
                  .orElse(Interruption.WORKER_LOST));
      case FAILED ->
          status.getFinishedAt() == null
              ? new TaskRun.Failed(tally)
              : new TaskRun.Finished(tally, status.getFinishedAt(), due);
      case COMPLETED -> new TaskRun.Finished(tally, finishedAt(status), due);
      // For good, also where the task recurs.
      case SKIPPED -> new TaskRun.Finished(tally, finishedAt(status), Optional.empty());
    };
  }

  /** Returns the attempt that a task has given to a worker and that is not over. */
  static Optional<AttemptId> current(Task task) {
    TaskRun run = of(task);
    return run instanceof TaskRun.Dispatched || run instanceof TaskRun.Broadcasting
        ? Optional.of(new AttemptId(task.getMetadata().getUid(), run.tally().attempts()))
        : Optional.empty();
  }

  /** Returns whether a task goes on once it has started, until somebody ends it. */
  static boolean goesOn(Task task) {
    return task.getSpec().isDaemon() || task.getSpec().isLatent();
  }

  /**
   * Returns whether the worker of a daemon has said that it started; of a latent task, which no
   * worker speaks of unless it failed, whether it was given to one.
   */
  static boolean isStarted(Task task) {
    return task.getStatus() != null
        && task.getStatus().getConditions().stream()
            .anyMatch(one -> "Started".equals(one.getType()) && "True".equals(one.getStatus()));
  }

  /** Returns the attempt of the present run with that number, if there is one. */
  static Optional<AttemptStatus> attempt(Task task, int number) {
    List<AttemptStatus> attempts =
        task.getStatus() == null ? List.of() : task.getStatus().getRunAttempts();
    return attempts.stream().filter(attempt -> attempt.getNumber() == number).findFirst();
  }

  private static TaskRun dispatched(TaskStatus status, RunTally tally, Optional<Instant> due) {
    return new TaskRun.Dispatched(
        tally,
        WorkerId.of(Optional.ofNullable(status.getAssignedProplet()).orElse("?")),
        sentAt(status),
        due);
  }

  private static TaskRun broadcasting(TaskStatus status, RunTally tally, Optional<Instant> due) {
    return new TaskRun.Broadcasting(
        tally,
        BroadcastResults.open(status),
        BroadcastResults.succeeded(status),
        sentAt(status),
        due);
  }

  private static Instant sentAt(TaskStatus status) {
    return last(status)
        .map(AttemptStatus::getScheduledAt)
        .or(() -> Optional.ofNullable(status.getStartedAt()))
        .orElse(Instant.EPOCH);
  }

  private static RunTally tally(TaskStatus status) {
    return new RunTally(
        status.getAttempts(),
        status.getFailedAttempts(),
        status.getLostProplets(),
        status.getRunAttempts().isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(status.getStartedAt()));
  }

  private static Optional<Instant> failedAt(TaskStatus status) {
    return status.getFailedAttempts() == 0
        ? Optional.empty()
        : last(status)
            .filter(attempt -> Reasons.FAILED.equals(attempt.getReason()))
            .map(AttemptStatus::getEndedAt);
  }

  private static Instant finishedAt(TaskStatus status) {
    return Optional.ofNullable(status.getFinishedAt()).orElse(Instant.EPOCH);
  }

  private static Optional<AttemptStatus> last(TaskStatus status) {
    List<AttemptStatus> attempts = status.getRunAttempts();
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }
}
