package io.propeller.scheduler.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Requirements;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerInterner;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The workers and what runs on them, indexed so that the workers which fit a task are at hand.
 *
 * <p>The set of workers that fit is kept for each of the last 128 different {@linkplain
 * Requirements requirements} and brought up to date by every change, so a change takes time in
 * proportion to these, and none to the number of workers. The first request of new requirements
 * builds their set from an inverted index. An embedder that needs no queue may use a fleet alone,
 * with a {@link io.propeller.scheduler.policy.SchedulingPolicy}.
 *
 * <p>Not safe for use by several threads; {@link #snapshot()} is what to hand to others.
 */
public final class Fleet {

  private final WorkerInterner interner = new WorkerInterner();
  private final Dimensions dimensions = new Dimensions();
  private final Slots slots = new Slots(dimensions);
  private final Index index = new Index(slots);
  private final ScoreBoard scoreBoard = new ScoreBoard(slots);
  private final FitSets fitSets = new FitSets(dimensions, slots, index, scoreBoard);
  private final Reservations reservations = new Reservations();

  /** Adds the worker, or replaces what is known of it. What runs on it stays. */
  public void put(Worker worker) {
    Slot slot = slots.findOrAdd(worker.id());
    Worker before = slot.known() ? slot.worker() : null;
    Worker after = interner.intern(worker);
    slot.become(after);
    index.update(slot.ordinal(), before, after);
    scoreBoard.changed(slot);
    fitSets.described(slot);
  }

  /**
   * Removes the worker and what runs on it.
   *
   * @return the tasks that ran on it, the oldest first; none if the worker is not known
   */
  public ImmutableList<TaskId> remove(WorkerId id) {
    Slot slot = slots.find(id);
    if (slot == null) {
      return ImmutableList.of();
    }
    ImmutableList<TaskId> tasks = reservations.on(slot);
    tasks.forEach(reservations::remove);
    if (slot.known()) {
      index.update(slot.ordinal(), slot.worker(), null);
      fitSets.removed(slot);
    }
    slots.remove(slot);
    return tasks;
  }

  /**
   * Records that the task runs on the worker, whether it fits or not; it ends what was recorded of
   * the task before. The worker may be one that is not known yet.
   */
  public void reserve(TaskId task, WorkerId worker, Resources resources) {
    release(task);
    take(task, slots.findOrAdd(worker), dimensions.amounts(resources));
  }

  /**
   * Records that the task, which runs nowhere, runs on this worker of the fleet from now on.
   *
   * @throws IllegalArgumentException if the task runs already, or the worker is not this fleet's
   */
  public void reserve(TaskRequest task, WorkerState worker) {
    if (!(worker instanceof Slot slot) || slots.at(slot.ordinal()) != slot) {
      throw new IllegalArgumentException("worker " + worker.id() + " is not of this fleet");
    }
    if (!take(task.id(), slot, fitSets.demandOf(task.requirements()))) {
      throw new IllegalArgumentException("task " + task.id() + " runs already");
    }
  }

  private boolean take(TaskId task, Slot slot, Amounts amounts) {
    boolean added = reservations.add(task, slot, amounts);
    if (added) {
      loadChanged(slot);
    }
    return added;
  }

  /**
   * Records that the task no longer runs.
   *
   * @return where it ran, or null if it did not
   */
  public @Nullable WorkerId release(TaskId task) {
    Slot slot = reservations.remove(task);
    if (slot == null) {
      return null;
    }
    loadChanged(slot);
    if (!slot.known() && slot.runningTasks() == 0) {
      slots.remove(slot);
    }
    return slot.id();
  }

  private void loadChanged(Slot slot) {
    if (slot.known()) {
      scoreBoard.changed(slot);
      fitSets.loaded(slot);
    }
  }

  /** Returns where the task runs, if it does. */
  public Optional<WorkerId> workerOf(TaskId task) {
    return Optional.ofNullable(reservations.slotOf(task)).map(Slot::id);
  }

  /** Tells whether the task runs. */
  public boolean runs(TaskId task) {
    return reservations.slotOf(task) != null;
  }

  /**
   * Returns the workers that fit now. They are valid until the fleet's next change or request for
   * candidates.
   */
  public Candidates candidates(Requirements required) {
    Optional<WorkerId> named = required.selector().worker();
    if (named.isEmpty()) {
      return fitSets.of(required);
    }
    Slot slot = slots.find(named.get());
    return new Only(slot != null && fits(required, slot) ? slot : null);
  }

  /** Tells whether the worker is known and fits now. */
  public boolean fits(Requirements required, WorkerId worker) {
    Slot slot = slots.find(worker);
    return slot != null && fits(required, slot);
  }

  private boolean fits(Requirements required, Slot slot) {
    return slot.known() && Matching.failed(required, fitSets.demandOf(required), slot) == null;
  }

  /** Returns the workers that fit now, in the fleet's order. */
  public ImmutableList<WorkerId> fitting(Requirements required) {
    ImmutableList.Builder<WorkerId> fitting = ImmutableList.builder();
    Candidates candidates = candidates(required);
    for (WorkerState worker = candidates.firstFrom(0);
        worker != null;
        worker = candidates.firstFrom(worker.ordinal() + 1)) {
      fitting.add(worker.id());
    }
    return fitting.build();
  }

  /** Returns why the workers that do not fit the task now do not. Looks at every worker. */
  public NotPlaced explain(TaskRequest task) {
    Explanation explanation =
        new Explanation(task.id(), task.requirements(), fitSets.demandOf(task.requirements()));
    forEachKnown(explanation::count);
    return explanation.result();
  }

  /**
   * Keeps the room on a worker for one task: until {@link #unhold}, nothing fits the worker. Of a
   * worker that is not known or held already, nothing.
   */
  public void hold(WorkerId worker, TaskId task) {
    Slot slot = slots.find(worker);
    if (slot != null && slot.known() && slot.heldFor == null) {
      slot.heldFor = task;
      fitSets.loaded(slot);
    }
  }

  /** Ends what {@link #hold} began. */
  public void unhold(WorkerId worker) {
    Slot slot = slots.find(worker);
    if (slot != null && slot.heldFor != null) {
      slot.heldFor = null;
      fitSets.loaded(slot);
    }
  }

  /**
   * Returns the least loaded of the workers, held ones left out, that would fit if nothing ran on
   * them; of equal ones the one of the lower ordinal. Looks at every worker that matches.
   */
  public Optional<WorkerId> leastLoadedMatch(Requirements required) {
    Optional<WorkerId> named = required.selector().worker();
    if (named.isPresent()) {
      Slot slot = slots.find(named.get());
      boolean matches =
          slot != null
              && slot.known()
              && slot.heldFor == null
              && Matching.failedByNature(required, fitSets.demandOf(required), slot) == null;
      return matches ? named : Optional.empty();
    }
    FitSet set = fitSets.of(required);
    Slot best = null;
    for (int i = set.nextMatching(0); i >= 0; i = set.nextMatching(i + 1)) {
      Slot slot = slots.taken(i);
      if (slot.heldFor == null
          && slot.worker().maxConcurrentTasks() > 0
          && (best == null || slot.load() < best.load())) {
        best = slot;
      }
    }
    return Optional.ofNullable(best).map(Slot::id);
  }

  /** Returns how many workers are known. */
  public int size() {
    int[] count = {0};
    forEachKnown(slot -> count[0]++);
    return count[0];
  }

  /** Returns all that is known now. Takes time in proportion to the fleet. */
  public FleetSnapshot snapshot() {
    ImmutableMap.Builder<WorkerId, FleetSnapshot.Entry> workers = ImmutableMap.builder();
    forEachKnown(slot -> workers.put(slot.id(), entry(slot)));
    return new FleetSnapshot(workers.buildOrThrow());
  }

  /** Returns what is known of one worker now; empty if it is not known. */
  public Optional<FleetSnapshot.Entry> entry(WorkerId worker) {
    return Optional.ofNullable(slots.find(worker)).filter(Slot::known).map(this::entry);
  }

  private FleetSnapshot.Entry entry(Slot slot) {
    return new FleetSnapshot.Entry(slot.worker(), reservations.on(slot), slot.used(), slot.load());
  }

  private void forEachKnown(Consumer<Slot> action) {
    for (int ordinal = 0; ordinal < slots.limit(); ordinal++) {
      Slot slot = slots.at(ordinal);
      if (slot != null && slot.known()) {
        action.accept(slot);
      }
    }
  }
}
