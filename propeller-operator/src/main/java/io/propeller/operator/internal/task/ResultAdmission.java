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
    FOREIGN
  }

  private ResultAdmission() {}

  /**
   * Returns why a result does not count; empty if it does.
   *
   * @param identity says which identity a Proplet of the Task's namespace has, if it is known
   */
  static Optional<Refusal> refuse(
      Task task, Result result, Function<String, Optional<PropletId>> identity) {
    TaskPhase phase = task.phase();
    if (phase == TaskPhase.COMPLETED || phase == TaskPhase.FAILED || phase == TaskPhase.SKIPPED) {
      return Optional.of(Refusal.REPEATED);
    }
    Optional<AttemptStatus> attempt =
        AttemptId.parse(result.taskId().value())
            .flatMap(id -> TaskMapping.attempt(task, id.number()));
    if (attempt.isEmpty()) {
      return Optional.of(Refusal.STALE);
    }
    Optional<PropletId> expected =
        Optional.ofNullable(attempt.get().getProplet()).flatMap(identity);
    boolean foreign =
        result.propletId().isPresent()
            && expected.isPresent()
            && !result.propletId().equals(expected);
    return foreign ? Optional.of(Refusal.FOREIGN) : Optional.empty();
  }
}
