package io.propeller.scheduler.placement;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.fleet.FleetSnapshot;
import io.propeller.scheduler.model.Criterion;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Placement;
import io.propeller.scheduler.model.Reason;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks that wait for a worker, and the fleet that they wait for. A task is placed the moment a
 * worker fits it: when it is submitted, or when a worker comes, changes, or has room again.
 *
 * <p><b>Order.</b> Of several that wait, the one of higher priority goes first, then the one that
 * has waited longer. Waiting raises a task: each {@linkplain PlacementQueueBuilder#ageing ageing
 * step} is worth one point of priority, so that a task of low priority is overtaken only by those
 * submitted within a bounded time after it.
 *
 * <p><b>No starvation.</b> A task that wants much would still wait for ever if small ones took each
 * piece of room as it came free. So the first task in this order that has waited for {@linkplain
 * PlacementQueueBuilder#holdAfter long enough} and has a worker to match gets the least loaded such
 * worker held for it: nothing else is placed there until the task is placed. One task, or gang, at
 * a time holds workers.
 *
 * <p><b>Gangs.</b> A gang of n tasks needs k of them, from 1 to all, to be placed at once. As long
 * as fewer fit, none is placed, so two gangs that want the same workers never each hold some of
 * them and wait for the rest. The moment that k fit, all that fit are placed; the others wait on as
 * single tasks, each of its own priority and of the gang's age. They are tried one by one, those
 * that fit the fewest workers first, which may miss a way to place k that a search of every
 * combination would find.
 *
 * <p>Every method that may place tasks returns those that it placed, in the order in which it
 * placed them. The same calls in the same order, at the same times, place the same tasks on the
 * same workers.
 *
 * <p>Not safe for use by several threads: one thread, or one at a time, calls all methods; see
 * {@link SharedPlacementQueue}. No method blocks.
 */
public final class PlacementQueue {

  private final Fleet fleet;
  private final Picker picker;
  private final Holds holds;
  private final WaitingLine line = new WaitingLine();
  private final InstantSource clock;
  private final long ageingMillis;
  private final long holdAfterMillis;
  private long sequence;
  private long nextHoldCheck = Long.MIN_VALUE;

  PlacementQueue(
      Fleet fleet, Picker picker, InstantSource clock, Duration ageing, Duration holdAfter) {
    this.fleet = fleet;
    this.picker = picker;
    this.holds = new Holds(fleet);
    this.clock = clock;
    this.ageingMillis = ageing.toMillis();
    this.holdAfterMillis = holdAfter.toMillis();
  }

  /** Returns a builder; only the clock must be given. */
  public static PlacementQueueBuilder builder() {
    return new PlacementQueueBuilder();
  }

  /**
   * Asks for a worker. A request for a task that waits already replaces the one before, and keeps
   * its age; one for a task that has its worker changes nothing.
   *
   * @return what was placed: the task, and what a request replaced by it has left room for
   * @throws IllegalArgumentException if the request names a policy that there is not
   */
  public ImmutableList<Placed> submit(TaskRequest task) {
    picker.policyOf(task);
    if (fleet.runs(task.id())) {
      return ImmutableList.of();
    }
    Unit before = line.isEmpty() ? null : line.find(task.id());
    if (before == null) {
      Placed placed = picker.place(task);
      if (placed != null) {
        return ImmutableList.of(placed);
      }
      line.add(unit(ImmutableList.of(task), 1, clock.millis()));
      return considerHold();
    }
    ImmutableList<WorkerId> freed = takeOut(before);
    ImmutableList<TaskRequest> together =
        before.tasks().stream()
            .map(other -> other.id().equals(task.id()) ? task : other)
            .collect(toImmutableList());
    return place(unit(together, before.atLeast(), before.since())).addAll(settle(freed)).build();
  }

  /**
   * Asks for workers for all of these tasks, or none.
   *
   * @return what was placed: all of the tasks, in any order, or nothing
   * @throws IllegalArgumentException as {@link #submitGang(Collection, int)} says
   */
  public ImmutableList<Placed> submitGang(Collection<TaskRequest> tasks) {
    return submitGang(tasks, Math.max(1, tasks.size()));
  }

  /**
   * Asks for workers for so many of these tasks at once, and for the others when there is room; the
   * gang has the highest of their priorities and the greatest of their ages.
   *
   * @param atLeast how many, from 1 to all
   * @return what was placed: so many of the tasks or more, in any order, or nothing
   * @throws IllegalArgumentException if there are no tasks, or fewer than must be placed; or if one
   *     is given twice, waits or runs already, or names a policy that there is not
   */
  public ImmutableList<Placed> submitGang(Collection<TaskRequest> tasks, int atLeast) {
    checkArgument(!tasks.isEmpty(), "a gang must have at least one task");
    checkArgument(
        atLeast >= 1 && atLeast <= tasks.size(),
        "at least 1 and at most all %s tasks of a gang must be placed at once, not %s",
        tasks.size(),
        atLeast);
    Set<TaskId> ids = new HashSet<>();
    for (TaskRequest task : tasks) {
      picker.policyOf(task);
      checkArgument(ids.add(task.id()), "task %s is in the gang twice", task.id());
      checkArgument(
          !fleet.runs(task.id()) && line.find(task.id()) == null,
          "task %s of the gang was submitted before",
          task.id());
    }
    return place(unit(ImmutableList.copyOf(tasks), atLeast, clock.millis()))
        .addAll(considerHold())
        .build();
  }

  /**
   * Takes back the request of a task that waits; of a task that does not wait, nothing. Its gang
   * waits on without it, or is taken back with it if it has too few tasks then.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> withdraw(TaskId task) {
    Unit unit = line.find(task);
    return unit == null ? ImmutableList.of() : takeBack(unit, task);
  }

  /**
   * Returns the tasks that wait to be placed at once with this one, itself included; nothing if it
   * does not wait.
   */
  public ImmutableList<TaskId> together(TaskId task) {
    Unit unit = line.find(task);
    return unit == null
        ? ImmutableList.of()
        : unit.tasks().stream().map(TaskRequest::id).collect(toImmutableList());
  }

  /**
   * Gives back what a task has reserved, since it ended or is to be placed anew; of a task that has
   * no worker, nothing.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> release(TaskId task) {
    WorkerId worker = fleet.release(task);
    return worker == null || line.isEmpty() ? ImmutableList.of() : settle(worker);
  }

  /**
   * Records that a task runs on a worker already, as found after a restart. It counts even if it
   * does not fit, and even before the worker is known. A request of the task that waits is taken
   * back, as by {@link #withdraw}, and so is what it had reserved elsewhere.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> reserve(TaskId task, WorkerId worker, Resources resources) {
    ImmutableList<WorkerId> freed =
        fleet.workerOf(task).map(ImmutableList::of).orElse(ImmutableList.of());
    fleet.reserve(task, worker, resources);
    return ImmutableList.<Placed>builder().addAll(withdraw(task)).addAll(settle(freed)).build();
  }

  /**
   * Adds a worker, or replaces what is known of it. What runs on it stays.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> put(Worker worker) {
    fleet.put(worker);
    return line.isEmpty() ? ImmutableList.of() : settle(worker.id());
  }

  /**
   * Removes a worker for good. The tasks on it have no worker any more, and do not wait either.
   *
   * @return the tasks that were on it, the oldest first
   */
  public ImmutableList<TaskId> remove(WorkerId worker) {
    ImmutableList<TaskId> lost = fleet.remove(worker);
    if (holds.holds(worker)) {
      Unit holder = holds.holder();
      holds.end();
      if (holder != null) {
        holds.begin(holder);
      }
    }
    return lost;
  }

  /**
   * Places what the passing of time allows. Time counts only where the task that has waited longest
   * is to get a worker held for it, and is looked at by every other method too, so only a queue to
   * which nothing else happens needs this.
   *
   * @return what was placed
   */
  public ImmutableList<Placed> tick() {
    return considerHold();
  }

  /**
   * Returns what there is to say of a task: where it is placed, or why it waits; empty if it is not
   * known.
   */
  public Optional<Placement> placement(TaskId task) {
    Optional<WorkerId> worker = fleet.workerOf(task);
    if (worker.isPresent()) {
      return Optional.of(new Placed(task, worker.get()));
    }
    return Optional.ofNullable(line.find(task)).map(unit -> whyWaiting(unit, task));
  }

  private NotPlaced whyWaiting(Unit unit, TaskId id) {
    TaskRequest task =
        unit.tasks().stream().filter(t -> t.id().equals(id)).findFirst().orElse(unit.first());
    NotPlaced told = fleet.explain(task);
    if (told.fitting() == 0) {
      return told;
    }
    Reason reason =
        unit.isGang()
            ? new Reason(Criterion.GANG, quorum(unit), 0, 0, told.fitting())
            : new Reason(Criterion.POLICY, picker.policyName(task), 0, 0, told.fitting());
    return new NotPlaced(
        id,
        told.workers(),
        ImmutableList.sortedCopyOf(
            Comparator.comparing(Reason::criterion),
            ImmutableList.<Reason>builder().addAll(told.reasons()).add(reason).build()));
  }

  private static String quorum(Unit gang) {
    return gang.atLeast() == gang.tasks().size()
        ? "all of the gang has"
        : "%d of the gang's %d tasks have".formatted(gang.atLeast(), gang.tasks().size());
  }

  /** Returns which workers do not fit the task now, and why, whether it waits or not. */
  public NotPlaced explain(TaskRequest task) {
    return fleet.explain(task);
  }

  /** Returns the workers that fit the task now, in the fleet's order, whether it waits or not. */
  public ImmutableList<WorkerId> fitting(TaskRequest task) {
    return fleet.fitting(task.requirements());
  }

  /** Returns how many tasks wait. */
  public int waiting() {
    return line.tasks();
  }

  /** Returns what is known of the workers now. Takes time in proportion to their number. */
  public FleetSnapshot fleet() {
    return fleet.snapshot();
  }

  /** Returns what is known of one worker now; empty if it is not known. */
  public Optional<FleetSnapshot.Entry> worker(WorkerId worker) {
    return fleet.entry(worker);
  }

  private Unit unit(ImmutableList<TaskRequest> tasks, int atLeast, long now) {
    long since = now;
    int priority = TaskRequest.MIN_PRIORITY;
    for (TaskRequest task : tasks) {
      since = Math.min(since, task.waitingSince().map(Instant::toEpochMilli).orElse(now));
      priority = Math.max(priority, task.priority());
    }
    return new Unit(tasks, atLeast, since, since - priority * ageingMillis, sequence++);
  }

  /** Takes a unit out of the line, and returns the workers that were held for it. */
  private ImmutableList<WorkerId> takeOut(Unit unit) {
    line.remove(unit);
    return unit.equals(holds.holder()) ? holds.end() : ImmutableList.of();
  }

  /** Places a new unit, or has it wait. */
  private ImmutableList.Builder<Placed> place(Unit unit) {
    line.add(unit);
    ImmutableList<Placed> placed = picker.place(unit);
    if (!placed.isEmpty()) {
      leave(unit, placed);
    }
    return ImmutableList.<Placed>builder().addAll(placed);
  }

  /** Has a unit wait on without one of its tasks, if it has enough without. */
  private ImmutableList<Placed> takeBack(Unit unit, TaskId task) {
    ImmutableList<WorkerId> freed = takeOut(unit);
    ImmutableList<TaskRequest> rest = unit.without(task);
    ImmutableList.Builder<Placed> placed =
        rest.size() >= unit.atLeast()
            ? place(unit(rest, unit.atLeast(), unit.since()))
            : ImmutableList.builder();
    return placed.addAll(settle(freed)).build();
  }

  /**
   * Takes a unit out of the line that was placed, and has those of its tasks wait on that were not;
   * returns the workers that were held for it.
   */
  private ImmutableList<WorkerId> leave(Unit unit, ImmutableList<Placed> placed) {
    ImmutableList<WorkerId> freed = takeOut(unit);
    if (placed.size() < unit.tasks().size()) {
      Set<TaskId> gone = placed.stream().map(Placed::task).collect(toImmutableSet());
      for (TaskRequest task : unit.tasks()) {
        if (!gone.contains(task.id())) {
          line.add(unit(ImmutableList.of(task), 1, unit.since()));
        }
      }
    }
    return freed;
  }

  private ImmutableList<Placed> settle(WorkerId changed) {
    return settle(ImmutableList.of(changed));
  }

  /** Places what has come to fit now that these workers have changed. */
  private ImmutableList<Placed> settle(List<WorkerId> changed) {
    if (line.isEmpty()) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<Placed> placed = ImmutableList.builder();
    for (WorkerId worker : changed) {
      if (holds.holds(worker)) {
        placed.addAll(placeHolder());
      }
      placed.addAll(fill(worker));
    }
    return placed.addAll(considerHold()).build();
  }

  /**
   * Tries to place the unit that workers are held for; once it is placed, others may have what it
   * leaves.
   */
  private ImmutableList<Placed> placeHolder() {
    Unit unit = holds.holder();
    if (unit == null) {
      return ImmutableList.of();
    }
    ImmutableList<WorkerId> workers = holds.end();
    ImmutableList<Placed> placed = picker.place(unit);
    if (placed.isEmpty()) {
      holds.begin(unit);
      return placed;
    }
    leave(unit, placed);
    ImmutableList.Builder<Placed> all = ImmutableList.<Placed>builder().addAll(placed);
    workers.forEach(worker -> all.addAll(fill(worker)));
    return all.build();
  }

  /** Places what fits on this worker, in order, until nothing more does. */
  private ImmutableList<Placed> fill(WorkerId worker) {
    Turns turns = new Turns(fleet, line, worker);
    ImmutableList.Builder<Placed> all = ImmutableList.builder();
    List<WorkerId> noLongerHeld = new ArrayList<>();
    for (Unit unit = turns.next(); unit != null; unit = turns.next()) {
      ImmutableList<Placed> placed = picker.place(unit);
      all.addAll(placed);
      if (!placed.isEmpty()) {
        noLongerHeld.addAll(leave(unit, placed));
      }
    }
    noLongerHeld.forEach(freed -> all.addAll(fill(freed)));
    return all.build();
  }

  /** Lets the first unit that has waited long enough hold workers, if none does. */
  private ImmutableList<Placed> considerHold() {
    if (holds.holder() != null || line.isEmpty()) {
      return ImmutableList.of();
    }
    long now = clock.millis();
    if (now < nextHoldCheck) {
      return ImmutableList.of();
    }
    nextHoldCheck = now + Math.max(1, holdAfterMillis / 8);
    for (Unit unit : line.all()) {
      if (now - unit.since() >= holdAfterMillis && holds.begin(unit)) {
        return placeHolder();
      }
    }
    return ImmutableList.of();
  }
}
