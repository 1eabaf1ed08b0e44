package io.propeller.operator.internal.task;

import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.TaskId;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether a result counts for a Task. */
sealed interface ResultAdmission {

  /** It does, as the answer of that worker. */
  record Admitted(WorkerId worker) implements ResultAdmission {}

  /** It does not, and why. */
  record Refused(Refusal refusal) implements ResultAdmission {}

  /** Why a result does not count. */
  enum Refusal {
    /** The task has its outcome, or the worker has answered, or says no more than is known. */
    REPEATED,
    /** It answers an attempt that is not one of the present run. */
    STALE,
    /** It is not of a proplet that the attempt was given to, or not of what the attempt called. */
    FOREIGN,
    /** It is of an attempt that was given up before, and says no more than that it was stopped. */
    SUPERSEDED
  }

  /**
   * Judges a result.
   *
   * @param bereft whether what the present attempt has called is there no more: that a worker ended
   *     the call with it is no failure of the task
   * @param identity says which identity a Proplet of the Task's namespace has, if it is known
   */
  static ResultAdmission of(
      Task task, Reply reply, boolean bereft, Function<String, Optional<PropletId>> identity) {
    Result result = reply.result();
    Optional<AttemptStatus> found =
        AttemptId.parse(result.taskId().value()).flatMap(id -> TaskRuns.attempt(task, id.number()));
    if (found.isEmpty()) {
      return new Refused(Refusal.STALE);
    }
    AttemptStatus attempt = found.get();
    if (isOver(task) || Reasons.FAILED.equals(attempt.getReason())) {
      return new Refused(Refusal.REPEATED);
    }
    if (!reply.called().map(TaskId::value).equals(Optional.ofNullable(attempt.getInvoked()))) {
      return new Refused(Refusal.FOREIGN);
    }
    boolean givenUp = attempt.getEndedAt() != null || bereft;
    if (task.getSpec().isBroadcast()) {
      return givenUp ? new Refused(Refusal.SUPERSEDED) : ofBroadcast(task, result, identity);
    }
    String proplet = Optional.ofNullable(attempt.getProplet()).orElse("?");
    Optional<PropletId> expected = identity.apply(proplet);
    if (result.propletId().isPresent()
        && expected.isPresent()
        && !result.propletId().equals(expected)) {
      return new Refused(Refusal.FOREIGN);
    }
    if (givenUp && (result.error().isPresent() || TaskRuns.goesOn(task))) {
      return new Refused(Refusal.SUPERSEDED);
    }
    return TaskRuns.goesOn(task) && TaskRuns.isStarted(task) && result.error().isEmpty()
        ? new Refused(Refusal.REPEATED)
        : new Admitted(WorkerId.of(proplet));
  }

  private static ResultAdmission ofBroadcast(
      Task task, Result result, Function<String, Optional<PropletId>> identity) {
    Set<WorkerId> open =
        TaskRuns.of(task) instanceof TaskRun.Broadcasting run ? run.open() : Set.of();
    if (result.propletId().isEmpty()) {
      // It can only be of the last one whose answer is awaited.
      return open.size() == 1 ? new Admitted(open.iterator().next()) : new Refused(Refusal.FOREIGN);
    }
    return targets(task)
        .filter(target -> result.propletId().equals(identity.apply(target)))
        .map(WorkerId::of)
        .findFirst()
        .<ResultAdmission>map(
            worker -> open.contains(worker) ? new Admitted(worker) : new Refused(Refusal.REPEATED))
        .orElseGet(() -> new Refused(Refusal.FOREIGN));
  }

  private static Stream<String> targets(Task task) {
    return Optional.ofNullable(task.getStatus()).stream()
        .flatMap(status -> status.getTargets().stream());
  }

  private static boolean isOver(Task task) {
    TaskPhase phase = task.phase();
    return phase == TaskPhase.COMPLETED || phase == TaskPhase.FAILED || phase == TaskPhase.SKIPPED;
  }
}
