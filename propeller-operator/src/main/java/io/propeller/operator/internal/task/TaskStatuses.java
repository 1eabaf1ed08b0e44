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
import io.propeller.scheduler.lifecycle.Decision;
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

  /**
   * It is as a decision wants it recorded.
   *
   * @param results what the task returned, if it did
   * @throws IllegalArgumentException if there is nothing to record about such a decision
   */
  Task after(Decision decision, Optional<JsonNode> results) {
    if (decision instanceof Decision.Dispatch dispatch) {
      return dispatched(dispatch);
    }
    if (decision instanceof Decision.Hold hold) {
      return waiting(Reasons.of(hold.obstacle()), hold.message());
    }
    if (decision instanceof Decision.Plan plan) {
      return planned(plan.due());
    }
    if (decision instanceof Decision.Interrupt interrupt) {
      return interrupted(interrupt);
    }
    if (decision instanceof Decision.Retry retry) {
      return failedForNow(retry.error());
    }
    if (decision instanceof Decision.Requeue requeue) {
      return requeued(requeue.anew());
    }
    if (decision instanceof Decision.Fail fail) {
      return failed(Reasons.of(fail.kind()), fail.message());
    }
    if (decision instanceof Decision.Skip skip) {
      return skipped(skip.message());
    }
    if (decision instanceof Decision.Complete) {
      return completed(results);
    }
    throw new IllegalArgumentException("nothing to record: " + decision);
  }

  /** It waits, and why. */
  Task waiting(String reason, String message) {
    condition("Scheduled", false, reason, message);
    return in(TaskPhase.PENDING);
  }

  private Task planned(Instant nextRun) {
    status.setNextRun(nextRun);
    if (task.phase() == TaskPhase.PENDING) {
      condition("Scheduled", false, "NotDue", "waits for its next run");
    }
    return in(task.phase());
  }

  private Task dispatched(Decision.Dispatch dispatch) {
    String proplet = dispatch.worker().value();
    if (status.getRunAttempts().isEmpty()) {
      status.setStartedAt(now);
    }
    status.setFinishedAt(null);
    status.setAttempts(dispatch.attempt());
    status.setAssignedProplet(proplet);
    status.setNextRun(dispatch.nextRun().orElse(null));
    List<AttemptStatus> attempts = stillAnswering();
    attempts.add(
        new AttemptStatusBuilder()
            .withNumber(dispatch.attempt())
            .withProplet(proplet)
            .withScheduledAt(now)
            .build());
    status.setRunAttempts(attempts);
    condition("Scheduled", true, "Placed", "placed on proplet " + proplet);
    condition(
        "Started",
        true,
        "Dispatched",
        "attempt " + dispatch.attempt() + " is proplet " + proplet + "'s");
    return in(TaskPhase.RUNNING);
  }

  private Task interrupted(Decision.Interrupt interrupt) {
    String reason = Reasons.of(interrupt.cause());
    if (interrupt.cause() == Decision.Interruption.WORKER_LOST) {
      status.setLostProplets(status.getLostProplets() + 1);
    }
    endAttempt(reason);
    condition("Started", false, reason, interrupt.message());
    return in(TaskPhase.INTERRUPTED);
  }

  private Task failedForNow(String error) {
    status.setFailedAttempts(status.getFailedAttempts() + 1);
    status.setError(error);
    endAttempt(Reasons.FAILED);
    condition("Started", false, Reasons.FAILED, error);
    return in(TaskPhase.FAILED);
  }

  private Task requeued(boolean anew) {
    if (anew) {
      status.setRunAttempts(List.of());
      status.setFailedAttempts(0);
      status.setLostProplets(0);
      if (status.getConditions().stream().anyMatch(one -> "Completed".equals(one.getType()))) {
        condition("Completed", false, "NewRun", "a new run has begun");
      }
    }
    return task.phase() == TaskPhase.FAILED && !anew
        ? waiting(
            Reasons.of(Decision.Obstacle.BACKOFF), "the last attempt failed; another will be made")
        : waiting("Requeued", "waits to be placed again");
  }

  private Task completed(Optional<JsonNode> results) {
    status.setResults(results.orElse(null));
    status.setError(null);
    endAttempt("Completed");
    condition("Completed", true, "Completed", "the task ran to its end");
    return ended(TaskPhase.COMPLETED);
  }

  private Task failed(String reason, String error) {
    status.setResults(null);
    status.setError(error);
    if (reason.equals(Reasons.FAILED)) {
      status.setFailedAttempts(status.getFailedAttempts() + 1);
    }
    endAttempt(reason);
    condition("Completed", false, reason, error);
    return ended(TaskPhase.FAILED);
  }

  private Task skipped(String message) {
    status.setFinishedAt(now);
    condition("Scheduled", false, "Skipped", message);
    condition("Completed", false, "Skipped", message);
    return in(TaskPhase.SKIPPED);
  }

  private Task ended(TaskPhase phase) {
    status.setFinishedAt(now);
    status.setRuns(status.getRuns() + 1);
    return in(phase);
  }

  /** The attempts that were given up and whose result would still count. */
  private List<AttemptStatus> stillAnswering() {
    return new ArrayList<>(
        status.getRunAttempts().stream()
            .filter(attempt -> !Reasons.FAILED.equals(attempt.getReason()))
            .toList());
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
