package io.propeller.scheduler.placement;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Placement;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.policy.Policies;
import io.propeller.scheduler.policy.SchedulingPolicy;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for a worker, and the fleet that they wait for. A task is placed the moment a
 * worker fits it: when it is submitted, or when a worker comes, changes, or has room again. Of
 * several that wait, the one of higher priority goes first, then the one submitted first.
 *
 * <p>Every method that may place tasks returns those that it placed, in the order in which it
 * placed them. The same calls in the same order, at the same times, place the same tasks on the
 * same workers.
 *
 * <p>Not safe for use by several threads: one thread, or one at a time, calls all methods.
 */
public final class PlacementQueue {

  private record Waiting(TaskRequest task, long sequence) {}

  private static final Comparator<Waiting> BY_PRIORITY_THEN_AGE =
      Comparator.<Waiting>comparingInt(waiting -> -waiting.task().priority())
          .thenComparingLong(Waiting::sequence);

  private final Fleet fleet = new Fleet();
  private final SchedulingPolicy policy;
  private final TreeSet<Waiting> queue = new TreeSet<>(BY_PRIORITY_THEN_AGE);
  private final Map<TaskId, Waiting> byTask = new HashMap<>();
  private long submitted;

  private PlacementQueue(SchedulingPolicy policy) {
    this.policy = policy;
  }

  /** Returns a builder; only the clock must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Asks for a worker. A request for a task that waits already replaces the one before, and keeps
   * its age; one for a task that has its worker changes nothing.
   *
   * @return what was placed: the task, or nothing
   * @throws IllegalArgumentException if the request names a policy that there is not
   */
  public ImmutableList<Placed> submit(TaskRequest task) {
    task.policy()
        .filter(name -> !name.equals(Policies.ROUND_ROBIN))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "task %s: there is no policy %s, only: %s"
                      .formatted(task.id(), name, Policies.ROUND_ROBIN));
            });
    if (fleet.workerOf(task.id()).isPresent()) {
      return ImmutableList.of();
    }
    Waiting before = byTask.remove(task.id());
    if (before != null) {
      queue.remove(before);
    }
    Waiting waiting = new Waiting(task, before == null ? submitted++ : before.sequence());
    byTask.put(task.id(), waiting);
    queue.add(waiting);
    return placeWhatFits();
  }

  /**
   * Takes back the request of a task that waits; of a task that does not wait, nothing.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> withdraw(TaskId task) {
    Waiting waiting = byTask.remove(task);
    if (waiting == null) {
      return ImmutableList.of();
    }
    queue.remove(waiting);
    return placeWhatFits();
  }

  /**
   * Gives back what a task has reserved, since it ended or is to be placed anew; of a task that has
   * no worker, nothing.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> release(TaskId task) {
    return fleet.release(task).isPresent() ? placeWhatFits() : ImmutableList.of();
  }

  /**
   * Records that a task runs on a worker already, as found after a restart. It counts even if it
   * does not fit, and even before the worker is known. A request of the task that waits is taken
   * back.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> reserve(TaskId task, WorkerId worker, Resources resources) {
    boolean ranElsewhere = fleet.workerOf(task).isPresent();
    fleet.reserve(task, worker, resources);
    ImmutableList<Placed> placed = withdraw(task);
    return ranElsewhere ? placeWhatFits() : placed;
  }

  /**
   * Adds a worker, or replaces what is known of it. What runs on it stays.
   *
   * @return what was placed in consequence
   */
  public ImmutableList<Placed> put(Worker worker) {
    fleet.put(worker);
    return placeWhatFits();
  }

  /**
   * Removes a worker for good. The tasks on it have no worker any more, and do not wait either.
   *
   * @return the tasks that were on it, in the order in which they came
   */
  public ImmutableList<TaskId> remove(WorkerId worker) {
    return fleet.remove(worker);
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
    return Optional.ofNullable(byTask.get(task)).map(waiting -> fleet.explain(waiting.task()));
  }

  /**
   * Returns why no worker fits the task now; its reasons are of the workers that do not fit, if
   * some do.
   */
  public NotPlaced explain(TaskRequest task) {
    return fleet.explain(task);
  }

  /** Returns the workers that fit the task now, in the fleet's order, whether it waits or not. */
  public ImmutableList<WorkerId> fitting(TaskRequest task) {
    return fleet.fitting(task);
  }

  /** Returns how many tasks wait. */
  public int waiting() {
    return queue.size();
  }

  private ImmutableList<Placed> placeWhatFits() {
    ImmutableList.Builder<Placed> placed = ImmutableList.builder();
    for (Waiting waiting : ImmutableList.copyOf(queue)) {
      WorkerState worker = pick(waiting.task());
      if (worker != null) {
        TaskRequest task = waiting.task();
        fleet.reserve(task.id(), worker.worker().id(), task.resources());
        queue.remove(waiting);
        byTask.remove(task.id());
        placed.add(new Placed(task.id(), worker.worker().id()));
      }
    }
    return placed.build();
  }

  private @Nullable WorkerState pick(TaskRequest task) {
    Candidates candidates = fleet.candidates(task);
    return candidates == null ? null : policy.pick(task, candidates);
  }

  /** Builds a queue. */
  public static final class Builder {
    private @Nullable InstantSource clock;

    private Builder() {}

    /** Where the queue reads the time from. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Builds an empty queue.
     *
     * @throws IllegalStateException if no clock was given
     */
    public PlacementQueue build() {
      if (clock == null) {
        throw new IllegalStateException("a placement queue needs a clock");
      }
      return new PlacementQueue(Policies.roundRobin());
    }
  }
}
