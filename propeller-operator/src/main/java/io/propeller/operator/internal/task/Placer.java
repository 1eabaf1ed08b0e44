package io.propeller.operator.internal.task;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskKind;
import io.propeller.operator.internal.module.Modules;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.task.Federation.Company;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import java.util.Collection;
import java.util.Optional;

/** Asks for places of Tasks, and gives them back. */
final class Placer {

  private final Placements placements;
  private final Modules modules;
  private final Federation federation;

  Placer(Placements placements, Modules modules, Federation federation) {
    this.placements = placements;
    this.modules = modules;
    this.federation = federation;
  }

  /** Asks for a place; returns why there cannot be one, if so. */
  Optional<Decision> ask(Task task) {
    Optional<String> objection =
        task.getSpec().getKind() == TaskKind.FEDERATED
            ? federation.objection(task)
            : Optional.empty();
    if (objection.isPresent()) {
      return Optional.of(new Decision.Fail(Failure.NOT_SUPPORTED, objection.get()));
    }
    try {
      var unused = StartMessages.module(task.getSpec());
      String namespace = task.getMetadata().getNamespace();
      if (task.getSpec().isBroadcast()) {
        placements.submitToAll(namespace, request(task));
      } else {
        submit(namespace, task);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.of(new Decision.Fail(Failure.INVALID_SPEC, String.valueOf(e.getMessage())));
    }
  }

  private void submit(String namespace, Task task) {
    Company company =
        task.getSpec().getKind() == TaskKind.FEDERATED
            ? federation.company(task)
            : new Company.Alone();
    if (company instanceof Company.Together together) {
      placements.submit(namespace, request(task), together.gang());
    } else if (company instanceof Company.Alone) {
      placements.submit(namespace, request(task));
    }
  }

  /**
   * Returns whether a task waits for others with whom it is to ask for a place, or has just asked
   * for one.
   */
  boolean isGathering(Task task) {
    return task.getSpec().getKind() == TaskKind.FEDERATED
        && placements.answer(TaskMapping.id(task)).isEmpty();
  }

  private TaskRequest request(Task task) {
    return TaskMapping.request(task, modules.isEnabled());
  }

  /**
   * Returns why a task waits, where that is worth being recorded: to wait for room is the normal
   * life of a task in a burst, and not worth a write to each of them.
   */
  Optional<NotPlaced> refusal(Task task) {
    return placements
        .answer(TaskMapping.id(task))
        .filter(NotPlaced.class::isInstance)
        .map(NotPlaced.class::cast)
        .filter(refusal -> !Waits.forRoom(refusal) || isHeldBack(task));
  }

  /** Gives back the places of a broadcast where it is over. */
  void release(Task task, Collection<WorkerId> workers) {
    workers.forEach(
        worker ->
            placements.release(task.getMetadata().getNamespace(), TaskMapping.id(task), worker));
  }

  /** Gives back a place, or the wish for one. */
  void release(Task task) {
    placements.release(task.getMetadata().getNamespace(), TaskMapping.id(task));
  }

  /** Returns whether the status names a reason to wait that is another by now. */
  private static boolean isHeldBack(Task task) {
    return task.getStatus() != null
        && task.getStatus().getConditions().stream()
            .anyMatch(one -> "Scheduled".equals(one.getType()) && "False".equals(one.getStatus()));
  }
}
