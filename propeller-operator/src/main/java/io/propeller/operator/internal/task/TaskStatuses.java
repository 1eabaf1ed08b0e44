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
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a Task's status: each returns the Task with the status after the step. */
final class TaskStatuses {

  private final Task task;
  private final Instant now;
  private final Optional<AttemptId> called;
  private final TaskStatus status;
  private final Conditions conditions;

  private TaskStatuses(Task task, Instant now, Optional<AttemptId> called) {
    this.task = task;
    this.now = now;
    this.called = called;
    this.status =
        task.getStatus() == null
            ? new TaskStatus()
            : new TaskStatusBuilder(task.getStatus()).build();
    this.conditions = Conditions.of(task, status.getConditions(), now);
    if (status.getCreatedAt() == null) {
      status.setCreatedAt(now);
    }
  }

  /** Begins a step at that time. */
  static TaskStatuses of(Task task, Instant now) {
    return of(task, now, Optional.empty());
  }

  /**
   * Begins a step at that time of a task that may call a latent one.
   *
   * @param called the attempt of that one which is called, if the step is a dispatch
   */
  static TaskStatuses of(Task task, Instant now, Optional<AttemptId> called) {
    return new TaskStatuses(task, now, called);
  }

  /**
   * It is as a decision wants it recorded.
   *
   * @param outcome what came of the task, if that is known
   * @param answers what came of a broadcast on each proplet of which that is new
   * @throws IllegalArgumentException if there is nothing to record about such a decision
   */
  Task after(Decision decision, Optional<TaskOutcome> outcome, Map<WorkerId, TaskOutcome> answers) {
    if (decision instanceof Decision.Dispatch dispatch) {
      return dispatched(dispatch);
    }
    if (decision instanceof Decision.Broadcast broadcast) {
      return broadcast(broadcast);
    }
    if (decision instanceof Decision.Gather gather) {
      return gathered(gather, answers);
    }
    if (decision instanceof Decision.Started) {
      conditions.set("Started", true, "DaemonStarted", "the proplet has started the daemon");
      return in(task.phase());
    }
    if (decision instanceof Decision.Doubt) {
      conditions.set(
          "Started", null, "StartInDoubt", "it is not known whether the proplet was told to start");
      return in(task.phase());
    }
    if (decision instanceof Decision.Hold hold) {
      return waiting(Reasons.of(hold.obstacle()), hold.message());
    }
    if (decision instanceof Decision.Plan plan) {
      return planned(plan.due());
    }
    if (decision instanceof Decision.RunBeside beside) {
      return planned(beside.nextRun().orElse(null));
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
      return completed(outcome.flatMap(TaskOutcome::results));
    }
    throw new IllegalArgumentException("nothing to record: " + decision);
  }

  /** It waits, and why. */
  Task waiting(String reason, String message) {
    conditions.set("Scheduled", false, reason, message);
    return in(TaskPhase.PENDING);
  }

  private Task planned(@Nullable Instant nextRun) {
    status.setNextRun(nextRun);
    if (task.phase() == TaskPhase.PENDING) {
      conditions.set("Scheduled", false, "NotDue", "waits for its next run");
    }
    return in(task.phase());
  }

  private Task dispatched(Decision.Dispatch dispatch) {
    String proplet = dispatch.worker().value();
    status.setAssignedProplet(proplet);
    begin(dispatch.attempt(), proplet, dispatch.nextRun());
    conditions.set("Scheduled", true, "Placed", "placed on proplet " + proplet);
    String whose = "attempt " + dispatch.attempt() + " is proplet " + proplet + "'s";
    if (task.getSpec().isLatent()) {
      conditions.set(
          "Started",
          true,
          "ToldToLoad",
          whose + ", which speaks of it only if it cannot load the module");
    } else {
      conditions.set("Started", !task.getSpec().isDaemon(), "Dispatched", whose);
    }
    return in(TaskPhase.RUNNING);
  }

  private Task broadcast(Decision.Broadcast broadcast) {
    List<String> targets = broadcast.workers().stream().map(WorkerId::value).sorted().toList();
    status.setTargets(targets);
    status.setResults(null);
    begin(broadcast.attempt(), null, broadcast.nextRun());
    String message = "placed on " + targets.size() + " proplets";
    conditions.set("Scheduled", true, "Placed", message);
    conditions.set(
        "Started", true, "Dispatched", "attempt " + broadcast.attempt() + " is " + message);
    return in(TaskPhase.RUNNING);
  }

  private void begin(int attempt, @Nullable String proplet, Optional<Instant> nextRun) {
    if (status.getRunAttempts().isEmpty()) {
      status.setStartedAt(now);
    }
    status.setFinishedAt(null);
    status.setAttempts(attempt);
    status.setNextRun(nextRun.orElse(null));
    List<AttemptStatus> attempts = stillAnswering();
    AttemptStatus begun =
        new AttemptStatusBuilder().withNumber(attempt).withScheduledAt(now).build();
    begun.setProplet(proplet);
    begun.setInvoked(called.map(AttemptId::wire).orElse(null));
    attempts.add(begun);
    status.setRunAttempts(attempts);
  }

  private Task gathered(Decision.Gather gather, Map<WorkerId, TaskOutcome> answers) {
    status.setResults(BroadcastResults.with(status, answers, gather.gone()));
    if (gather.end().isPresent()) {
      return after(gather.end().get(), Optional.empty(), Map.of());
    }
    return in(task.phase());
  }

  private Task interrupted(Decision.Interrupt interrupt) {
    String reason = Reasons.of(interrupt.cause());
    if (interrupt.cause() == Decision.Interruption.WORKER_LOST) {
      status.setLostProplets(status.getLostProplets() + 1);
    }
    endAttempt(reason);
    conditions.set("Started", false, reason, interrupt.message());
    return in(TaskPhase.INTERRUPTED);
  }

  private Task failedForNow(String error) {
    status.setFailedAttempts(status.getFailedAttempts() + 1);
    status.setError(error);
    endAttempt(Reasons.FAILED);
    conditions.set("Started", false, Reasons.FAILED, error);
    return in(TaskPhase.FAILED);
  }

  private Task requeued(boolean anew) {
    if (anew) {
      status.setRunAttempts(List.of());
      status.setFailedAttempts(0);
      status.setLostProplets(0);
      if (status.getConditions().stream().anyMatch(one -> "Completed".equals(one.getType()))) {
        conditions.set("Completed", false, "NewRun", "a new run has begun");
      }
    }
    return task.phase() == TaskPhase.FAILED && !anew
        ? waiting(
            Reasons.of(Decision.Obstacle.BACKOFF), "the last attempt failed; another will be made")
        : waiting("Requeued", "waits to be placed again");
  }

  private Task completed(Optional<JsonNode> results) {
    status.setResultRef(null);
    if (task.getSpec().isBroadcast()) {
      status.setError(BroadcastResults.summary(status).orElse(null));
    } else {
      status.setResults(results.orElse(null));
      status.setError(null);
    }
    endAttempt(Reasons.COMPLETED);
    conditions.set("Completed", true, "Completed", "the task ran to its end");
    return ended(TaskPhase.COMPLETED);
  }

  private Task failed(String reason, String error) {
    if (!task.getSpec().isBroadcast()) {
      status.setResults(null);
      status.setResultRef(null);
    }
    status.setError(error);
    if (reason.equals(Reasons.FAILED)) {
      status.setFailedAttempts(status.getFailedAttempts() + 1);
    }
    endAttempt(reason);
    conditions.set("Completed", false, reason, error);
    return ended(TaskPhase.FAILED);
  }

  private Task skipped(String message) {
    status.setFinishedAt(now);
    conditions.set("Scheduled", false, "Skipped", message);
    conditions.set("Completed", false, "Skipped", message);
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
            .filter(attempt -> !TaskRuns.goesOn(task))
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

  private Task in(TaskPhase phase) {
    status.setPhase(phase);
    status.setConditions(conditions.list());
    status.setObservedGeneration(task.getMetadata().getGeneration());
    if (task.getStatus() == null || !status.equals(task.getStatus())) {
      status.setUpdatedAt(now);
    }
    return new TaskBuilder(task).withStatus(status).build();
  }
}
