package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import java.util.Optional;
import java.util.function.Consumer;

/** Does what follows from a decision, once it is recorded. */
final class Aftermath {

  private final Placer placer;
  private final JobAttempts jobs;
  private final Dispatcher dispatcher;
  private final Stops stops;
  private final Dependencies dependencies;
  private final OperatorMetrics metrics;
  private final Consumer<ResourceID> wake;

  Aftermath(
      Placer placer,
      JobAttempts jobs,
      Dispatcher dispatcher,
      Stops stops,
      Dependencies dependencies,
      OperatorMetrics metrics,
      Consumer<ResourceID> wake) {
    this.placer = placer;
    this.jobs = jobs;
    this.dispatcher = dispatcher;
    this.stops = stops;
    this.dependencies = dependencies;
    this.metrics = metrics;
    this.wake = wake;
  }

  /**
   * Does what follows from a decision.
   *
   * @param before the task as it was when that was decided
   * @param arrivals what had arrived by then
   */
  void follow(Task before, Decision decision, Arrivals arrivals, Context<Task> context) {
    if (decision instanceof Decision.Dispatch || decision instanceof Decision.Broadcast) {
      metrics.taskDispatched();
    } else if (decision instanceof Decision.Gather gather && gather.end().isEmpty()) {
      placer.release(before, gather.gone().keySet());
      placer.release(before, arrivals.accepted().keySet());
    } else if (!isOnlyNoted(decision)) {
      end(before, decision, arrivals, context);
    }
  }

  private void end(Task before, Decision decision, Arrivals arrivals, Context<Task> context) {
    Optional<AttemptId> attempt = TaskRuns.current(before);
    attempt.ifPresent(dispatcher::remove);
    placer.release(before);
    // Whoever answered is done; whoever else still runs the task is not wanted any more.
    if (jobs.runs(before)) {
      jobs.stop(before, context);
    } else {
      attempt
          .filter(id -> !isAnswered(id, decision, arrivals))
          .ifPresent(id -> dispatcher.stop(before, id));
    }
    phaseAfter(decision).ifPresent(metrics::taskEnded);
    wakeDependents(before);
  }

  /** Ends all that still runs of a task that is being deleted. */
  void ofDeletion(Task task, Context<Task> context) {
    jobs.stop(task, context);
    if (stops.delete(task) && !jobs.runs(task)) {
      dispatcher.stopAll(task);
    }
    placer.release(task);
    wakeDependents(task);
  }

  /** Has those looked at that depend on a task. */
  void wakeDependents(Task task) {
    dependencies.dependentsOf(task).map(ResourceID::fromResource).forEach(wake);
  }

  private static boolean isAnswered(AttemptId attempt, Decision decision, Arrivals arrivals) {
    return decision instanceof Decision.Gather gather
        ? gather.gone().isEmpty()
        : arrivals.isAnsweredBy(attempt);
  }

  /** Returns whether nothing follows from a decision but that it is recorded. */
  private static boolean isOnlyNoted(Decision decision) {
    return decision instanceof Decision.Requeue
        || decision instanceof Decision.Plan
        || decision instanceof Decision.RunBeside
        || decision instanceof Decision.Started
        || decision instanceof Decision.Doubt;
  }

  private static Optional<String> phaseAfter(Decision decision) {
    if (decision instanceof Decision.Gather gather) {
      return gather.end().flatMap(Aftermath::phaseAfter);
    }
    if (decision instanceof Decision.Complete) {
      return Optional.of("completed");
    }
    if (decision instanceof Decision.Fail || decision instanceof Decision.Retry) {
      return Optional.of("failed");
    }
    if (decision instanceof Decision.Interrupt) {
      return Optional.of("interrupted");
    }
    return decision instanceof Decision.Skip ? Optional.of("skipped") : Optional.empty();
  }
}
