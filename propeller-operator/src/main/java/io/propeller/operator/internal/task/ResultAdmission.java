package io.propeller.operator.internal.task;

import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.Optional;
import java.util.function.Function;

/** Decides whether a result counts for a Task. */
final class ResultAdmission {

  /** Why a result does not count. */
  enum Refusal {
    /** The task has its outcome. */
    REPEATED,
    /** It answers an attempt that is not one of the present run. */
    STALE,
    /** It names a proplet that the attempt was not given to. */
    FOREIGN,
    /** It says that an attempt failed which was given up before: it may have been stopped. */
    SUPERSEDED
  }

  private ResultAdmission() {}

  /**
   * Returns why a result does not count; empty if it does.
   *
   * @param identity says which identity a Proplet of the Task's namespace has, if it is known
   */
  static Optional<Refusal> refuse(
      Task task, Result result, Function<String, Optional<PropletId>> identity) {
    Optional<AttemptStatus> attempt =
        AttemptId.parse(result.taskId().value()).flatMap(id -> TaskRuns.attempt(task, id.number()));
    if (attempt.isEmpty()) {
      return Optional.of(Refusal.STALE);
    }
    if (isOver(task) || Reasons.FAILED.equals(attempt.get().getReason())) {
      return Optional.of(Refusal.REPEATED);
    }
    Optional<PropletId> expected =
        Optional.ofNullable(attempt.get().getProplet()).flatMap(identity);
    if (result.propletId().isPresent()
        && expected.isPresent()
        && !result.propletId().equals(expected)) {
      return Optional.of(Refusal.FOREIGN);
    }
    return attempt.get().getEndedAt() != null && result.error().isPresent()
        ? Optional.of(Refusal.SUPERSEDED)
        : Optional.empty();
  }

  private static boolean isOver(Task task) {
    TaskPhase phase = task.phase();
    return phase == TaskPhase.COMPLETED || phase == TaskPhase.FAILED || phase == TaskPhase.SKIPPED;
  }
}
