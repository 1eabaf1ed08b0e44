package io.propeller.operator.internal.placement;

import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.placement.PlacementQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tasks of gangs that have asked for their places. Each speaks for itself alone, so that none
 * is asked for that is over by then; the last one has all of them asked for.
 *
 * <p>Used by the thread of the queues.
 */
final class Gangs {

  private final Map<String, Map<TaskId, TaskRequest>> asking = new HashMap<>();
  private final Map<TaskId, String> gangs = new HashMap<>();

  /**
   * Asks for the place of a task, with those of its gang as soon as all of them have asked, and by
   * itself where the gang has its places already.
   *
   * @param isPlaced says whether a task has its place
   * @return what was placed; empty if nobody was asked for who was not before
   */
  Optional<List<Placed>> ask(
      PlacementQueue queue, TaskRequest task, Gang gang, Predicate<TaskId> isPlaced) {
    if (gang.tasks().stream().anyMatch(isPlaced)) {
      return Optional.of(queue.submit(task));
    }
    Map<TaskId, TaskRequest> asked = asking.computeIfAbsent(gang.id(), absent -> new HashMap<>());
    asked.put(task.id(), task);
    gangs.put(task.id(), gang.id());
    if (!asked.keySet().containsAll(gang.tasks())
        || Set.copyOf(queue.together(task.id())).containsAll(gang.tasks())) {
      return Optional.empty();
    }
    List<Placed> placed = new ArrayList<>();
    gang.tasks().forEach(one -> placed.addAll(queue.withdraw(one)));
    List<TaskRequest> requests =
        asked.values().stream()
            .filter(one -> gang.tasks().contains(one.id()))
            .sorted(Comparator.comparing(one -> one.id().value()))
            .toList();
    placed.addAll(queue.submitGang(requests, gang.atLeast()));
    return Optional.of(placed);
  }

  /** Forgets that a task has asked. */
  void forget(TaskId task) {
    String gang = gangs.remove(task);
    if (gang != null) {
      asking.computeIfPresent(
          gang,
          (id, asked) -> {
            asked.remove(task);
            return asked.isEmpty() ? null : asked;
          });
    }
  }
}
