package io.propeller.scheduler.fleet;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.model.Criterion;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Reason;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The workers and what runs on them. Not safe for use by several threads. */
public final class Fleet {

  private final TreeMap<Integer, Slot> slots = new TreeMap<>();
  private final Map<WorkerId, Slot> byId = new HashMap<>();
  private final Map<TaskId, Slot> byTask = new HashMap<>();

  /** Adds the worker, or replaces what is known of it. What runs on it stays. */
  public void put(Worker worker) {
    slot(worker.id()).worker = worker;
  }

  /**
   * Removes the worker and what runs on it.
   *
   * @return the tasks that ran on it, in the order in which they came; none if the worker is not
   *     known
   */
  public ImmutableList<TaskId> remove(WorkerId id) {
    Slot slot = byId.remove(id);
    if (slot == null) {
      return ImmutableList.of();
    }
    slots.remove(slot.ordinal());
    slot.tasks.keySet().forEach(byTask::remove);
    return ImmutableList.copyOf(slot.tasks.keySet());
  }

  /**
   * Records that the task runs on the worker, whether it fits or not; it ends what was recorded of
   * the task before. The worker may be one that is not known yet.
   */
  public void reserve(TaskId task, WorkerId worker, Resources resources) {
    release(task);
    Slot slot = slot(worker);
    slot.tasks.put(task, resources);
    byTask.put(task, slot);
  }

  /**
   * Records that the task no longer runs.
   *
   * @return where it ran, if it did
   */
  public Optional<WorkerId> release(TaskId task) {
    Slot slot = byTask.remove(task);
    if (slot == null) {
      return Optional.empty();
    }
    slot.tasks.remove(task);
    return Optional.of(slot.id);
  }

  /** Returns where the task runs, if it does. */
  public Optional<WorkerId> workerOf(TaskId task) {
    return Optional.ofNullable(byTask.get(task)).map(slot -> slot.id);
  }

  /** Returns the workers that fit the task now, in the fleet's order. */
  public ImmutableList<WorkerId> fitting(TaskRequest task) {
    return known().stream()
        .filter(slot -> Matching.refusal(task, slot) == null)
        .map(slot -> slot.id)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the workers that fit the task now, or null if there are none. They are valid until the
   * next change.
   */
  public @Nullable Candidates candidates(TaskRequest task) {
    Candidates candidates = from -> firstFrom(task, from);
    return candidates.firstFrom(0) == null ? null : candidates;
  }

  private @Nullable Slot firstFrom(TaskRequest task, int from) {
    for (Slot slot : slots.tailMap(from).values()) {
      if (slot.worker != null && Matching.refusal(task, slot) == null) {
        return slot;
      }
    }
    return null;
  }

  /** Returns why the workers that do not fit the task do not. */
  public NotPlaced explain(TaskRequest task) {
    Map<Reason, Reason> merged = new LinkedHashMap<>();
    for (Slot slot : known()) {
      Reason reason = Matching.refusal(task, slot);
      if (reason != null) {
        merged.merge(new Reason(reason.criterion(), reason.asked(), 0, 0, 1), reason, Fleet::merge);
      }
    }
    return new NotPlaced(
        task.id(),
        known().size(),
        merged.values().stream()
            .sorted(
                Comparator.<Reason, Criterion>comparing(Reason::criterion)
                    .thenComparing(Reason::asked))
            .collect(ImmutableList.toImmutableList()));
  }

  private static Reason merge(Reason a, Reason b) {
    return new Reason(
        a.criterion(),
        a.asked(),
        a.needed(),
        Math.max(a.found(), b.found()),
        a.workers() + b.workers());
  }

  private List<Slot> known() {
    return slots.values().stream().filter(slot -> slot.worker != null).toList();
  }

  private Slot slot(WorkerId id) {
    return byId.computeIfAbsent(
        id,
        absent -> {
          int ordinal = 0;
          while (slots.containsKey(ordinal)) {
            ordinal++;
          }
          Slot slot = new Slot(absent, ordinal);
          slots.put(ordinal, slot);
          return slot;
        });
  }
}
