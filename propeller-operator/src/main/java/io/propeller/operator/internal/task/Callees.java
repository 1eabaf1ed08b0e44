package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.lifecycle.WorkerHealth;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the latent Tasks that others call, and what has come of them. */
final class Callees {

  private final TaskIndex tasks;
  private final PropletDirectory proplets;
  private final Predicate<AttemptId> unsent;

  /**
   * Makes a finder.
   *
   * @param unsent says whether the Start of an attempt has yet to reach the broker
   */
  Callees(TaskIndex tasks, PropletDirectory proplets, Predicate<AttemptId> unsent) {
    this.tasks = tasks;
    this.proplets = proplets;
    this.unsent = unsent;
  }

  /** Returns what a task calls, which need not be there; empty if it calls none. */
  Optional<Callee> of(Task caller) {
    return Optional.ofNullable(caller.getSpec().getInvokes()).map(name -> find(caller, name));
  }

  private Callee find(Task caller, String name) {
    ResourceID id = new ResourceID(name, caller.getMetadata().getNamespace());
    return tasks
        .find(id)
        .map(called -> Callee.of(called, delivery(called)))
        .orElseGet(() -> missing(caller, name));
  }

  private Callee missing(Task caller, String name) {
    Callee missing =
        Callee.nowhere("there is no task " + name + " yet; it has to be one with spec.latent true");
    // The cache of an operator that is about to end is empty: that says nothing of any task.
    return tasks.find(ResourceID.fromResource(caller)).isPresent()
        ? missing
        : new Callee(called(caller), Optional.empty(), missing.obstacle());
  }

  private Callee.Delivery delivery(Task called) {
    if (TaskRuns.current(called).filter(unsent).isPresent()) {
      return Callee.Delivery.UNSENT;
    }
    return TaskRuns.of(called) instanceof TaskRun.Dispatched run && isThere(called, run)
        ? Callee.Delivery.THERE
        : Callee.Delivery.AWAY;
  }

  private boolean isThere(Task called, TaskRun.Dispatched run) {
    ResourceID proplet = TaskMapping.proplet(called, run.worker());
    return proplets.isPresent(proplet)
        && proplets.health(proplet, run.sentAt()) instanceof WorkerHealth.Present;
  }

  /** Returns which attempt of a latent task the present attempt of a task has called. */
  static Optional<AttemptId> called(Task caller) {
    return TaskRuns.current(caller)
        .flatMap(attempt -> TaskRuns.attempt(caller, attempt.number()))
        .map(AttemptStatus::getInvoked)
        .flatMap(AttemptId::parse);
  }
}
