package io.propeller.operator.internal.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.AttemptStatusBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskStatus;
import io.propeller.api.v1.TaskStatusBuilder;
import io.propeller.operator.internal.status.Conditions;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a Task's status: each returns the Task with the status after the step. */
final class TaskStatuses {

  private final Task task;
  private final Instant now;
  private final TaskStatus status;

  private TaskStatuses(Task task, Instant now) {
    this.task = task;
    this.now = now;
    this.status =
        task.getStatus() == null
            ? new TaskStatus()
            : new TaskStatusBuilder(task.getStatus()).build();
    if (status.getCreatedAt() == null) {
      status.setCreatedAt(now);
    }
  }

  /** Begins a step at that time. */
  static TaskStatuses of(Task task, Instant now) {
    return new TaskStatuses(task, now);
  }

  /** It waits, and why. */
  Task waiting(String reason, String message) {
    condition("Scheduled", false, reason, message);
    return in(TaskPhase.PENDING);
  }

  /** It is given to a proplet. */
  Task dispatched(WorkerId worker, int attempt) {
    status.setAttempts(attempt);
    status.setAssignedProplet(worker.value());
    status.setStartedAt(now);
    List<AttemptStatus> attempts = new ArrayList<>(status.getRunAttempts());
    attempts.add(
        new AttemptStatusBuilder()
            .withNumber(attempt)
            .withProplet(worker.value())
            .withScheduledAt(now)
            .build());
    status.setRunAttempts(attempts);
    condition("Scheduled", true, "Placed", "placed on proplet " + worker);
    condition("Started", true, "Dispatched", "attempt " + attempt + " is proplet " + worker + "'s");
    return in(TaskPhase.RUNNING);
  }

  /** Its proplet was lost. */
  Task interrupted(String reason) {
    status.setLostProplets(status.getLostProplets() + 1);
    endAttempt("PropletLost");
    condition("Started", false, "PropletLost", reason);
    return in(TaskPhase.INTERRUPTED);
  }

  /** It waits to be placed again. */
  Task requeued() {
    condition("Scheduled", false, "Requeued", "waits to be placed again");
    return in(TaskPhase.PENDING);
  }

  /** It ran to its end. */
  Task completed(Optional<JsonNode> results) {
    status.setResults(results.orElse(null));
    status.setError(null);
    endAttempt("Completed");
    condition("Completed", true, "Completed", "the task ran to its end");
    return ended(TaskPhase.COMPLETED);
  }

  /** It failed. */
  Task failed(String reason, String error) {
    status.setError(error);
    endAttempt(reason);
    condition("Completed", false, reason, error);
    return ended(TaskPhase.FAILED);
  }

  private Task ended(TaskPhase phase) {
    status.setFinishedAt(now);
    status.setRuns(status.getRuns() + 1);
    return in(phase);
  }

  private void endAttempt(String reason) {
    List<AttemptStatus> attempts = new ArrayList<>(status.getRunAttempts());
    if (!attempts.isEmpty()) {
      int last = attempts.size() - 1;
      if (attempts.get(last).getEndedAt() == null) {
        attempts.set(
            last,
            new AttemptStatusBuilder(attempts.get(last))
                .withEndedAt(now)
                .withReason(reason)
                .build());
      }
    }
    status.setRunAttempts(attempts);
  }

  private void condition(String type, boolean value, String reason, String message) {
    status.setConditions(
        Conditions.with(
            status.getConditions(),
            type,
            value,
            reason,
            message,
            task.getMetadata().getGeneration(),
            now));
  }

  private Task in(TaskPhase phase) {
    status.setPhase(phase);
    status.setObservedGeneration(task.getMetadata().getGeneration());
    if (task.getStatus() == null || !status.equals(task.getStatus())) {
      status.setUpdatedAt(now);
    }
    return new TaskBuilder(task).withStatus(status).build();
  }
}
