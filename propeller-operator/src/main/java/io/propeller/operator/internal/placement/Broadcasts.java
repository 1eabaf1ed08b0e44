package io.propeller.operator.internal.placement;

import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tasks that go to every worker that fits. To a queue each of their places is a task of its
 * own.
 *
 * <p>Safe for use by any thread.
 */
final class Broadcasts {

  private static final char OF = '/';

  private record Wish(String namespace, TaskRequest task) {}

  private final Map<TaskId, Wish> waiting = new LinkedHashMap<>();
  private final Map<TaskId, Set<WorkerId>> placed = new ConcurrentHashMap<>();

  /** Returns what a queue calls the place of a task on a worker. */
  static TaskId part(TaskId task, WorkerId worker) {
    return TaskId.of(task.value() + OF + worker.value());
  }

  /** Returns the task that such a place is of; any other task as it is. */
  static TaskId whole(TaskId part) {
    int end = part.value().indexOf(OF);
    return end < 0 ? part : TaskId.of(part.value().substring(0, end));
  }

  synchronized void waits(String namespace, TaskRequest task) {
    waiting.put(task.id(), new Wish(namespace, task));
  }

  synchronized List<TaskRequest> waiting(String namespace) {
    return waiting.values().stream()
        .filter(wish -> wish.namespace().equals(namespace))
        .map(Wish::task)
        .toList();
  }

  synchronized void place(TaskId task, Set<WorkerId> workers) {
    waiting.remove(task);
    placed.put(task, workers);
  }

  boolean placed(TaskId task) {
    return placed.containsKey(task);
  }

  Set<WorkerId> places(TaskId task) {
    return placed.getOrDefault(task, Set.of());
  }

  /** Forgets a task, and returns its places. */
  synchronized Set<WorkerId> remove(TaskId task) {
    waiting.remove(task);
    Set<WorkerId> places = placed.remove(task);
    return places == null ? Set.of() : places;
  }
}
