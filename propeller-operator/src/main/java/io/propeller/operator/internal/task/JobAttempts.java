package io.propeller.operator.internal.task;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.propeller.api.v1.Task;
import io.propeller.mqtt.message.Target;
import io.propeller.operator.internal.job.Execution;
import io.propeller.operator.internal.job.Jobs;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.util.Optional;

/** The attempts that a Kubernetes Job runs, and not a proplet. */
final class JobAttempts {

  private final Jobs jobs = new Jobs();
  private final PropletDirectory proplets;
  private final Dependencies dependencies;

  JobAttempts(PropletDirectory proplets, Dependencies dependencies) {
    this.proplets = proplets;
    this.dependencies = dependencies;
  }

  /** Returns what tells of Jobs that change; to be called once, before all else. */
  EventSource<Job, Task> eventSource(EventSourceContext<Task> context) {
    return jobs.eventSource(context);
  }

  /** Returns whether an attempt on that worker would be a Job's. */
  boolean isFor(Task task, WorkerId worker) {
    return proplets
        .kind(TaskMapping.proplet(task, worker))
        .filter(kind -> Execution.of(task.getSpec(), kind) == Execution.JOB)
        .isPresent();
  }

  /** Returns whether the present attempt is a Job's. */
  boolean runs(Task task) {
    return TaskRuns.of(task) instanceof TaskRun.Dispatched run && isFor(task, run.worker());
  }

  /** Returns what came of the present attempt, if it is a Job's and over. */
  Optional<TaskOutcome> outcome(Task task, Context<Task> context) {
    return runs(task)
        ? TaskRuns.current(task)
            .flatMap(attempt -> jobs.outcome(task, attempt, context))
            .map(TaskOutcome::of)
        : Optional.empty();
  }

  /**
   * Makes the Job of the present attempt, if that is not done yet.
   *
   * @throws IllegalArgumentException if none can be made
   */
  void start(Task task, Context<Task> context) {
    if (!(TaskRuns.of(task) instanceof TaskRun.Dispatched run)) {
      return;
    }
    proplets
        .identity(TaskMapping.proplet(task, run.worker()))
        .ifPresent(
            identity ->
                TaskRuns.current(task)
                    .ifPresent(
                        attempt ->
                            jobs.start(
                                task,
                                attempt,
                                StartMessages.start(
                                        task,
                                        attempt,
                                        Target.proplet(identity),
                                        dependencies.results(task))
                                    .env(),
                                context)));
  }

  /** Ends the Job of a task, if one runs. */
  void stop(Task task, Context<Task> context) {
    jobs.stop(task, context);
  }
}
