package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One worker's place: what it is, once that is known, and what runs on it. */
final class Slot implements WorkerState {

  private static final long[] NONE = {};
  private static final Amounts NOTHING = new Amounts(NONE);

  private final Dimensions dimensions;
  private final WorkerId id;
  private final int ordinal;
  private @Nullable Worker worker;
  private Amounts capacity = NOTHING;
  private int tasks;

  // What is in use, by dimension; the first two are no array, which would be one more object to
  // fetch.
  private long usedCpu;
  private long usedMemory;
  private long[] usedMore = NONE;

  /** The worker's, kept here so that to ask for room does not fetch the worker. */
  private int taskLimit;

  /**
   * Of the reservations on this worker, the one made last, or -1: the head of a list that {@link
   * Reservations} keeps.
   */
  int lastReservation = -1;

  /** The task that nobody else may take room here before, if there is one. */
  @Nullable TaskId heldFor;

  Slot(Dimensions dimensions, WorkerId id, int ordinal) {
    this.dimensions = dimensions;
    this.id = id;
    this.ordinal = ordinal;
  }

  @Override
  public WorkerId id() {
    return id;
  }

  @Override
  public Worker worker() {
    if (worker == null) {
      throw new IllegalStateException("worker " + id + " is not known yet");
    }
    return worker;
  }

  boolean known() {
    return worker != null;
  }

  void become(Worker described) {
    if (worker == null || !worker.capacity().equals(described.capacity())) {
      capacity = dimensions.amounts(described.capacity());
    }
    worker = described;
    taskLimit = described.maxConcurrentTasks();
  }

  @Override
  public int ordinal() {
    return ordinal;
  }

  @Override
  public int runningTasks() {
    return tasks;
  }

  @Override
  public Resources used() {
    return dimensions.resources(this::used);
  }

  @Override
  public double load() {
    double load = 0;
    for (int i = 0; i < capacity.length(); i++) {
      if (!capacity.unlimited(i)) {
        load = Math.max(load, share(used(i), capacity.get(i)));
      }
    }
    return taskLimit == Integer.MAX_VALUE ? load : Math.max(load, share(tasks, taskLimit));
  }

  private static double share(long part, long whole) {
    return part == 0 ? 0 : (double) part / Math.max(1, whole);
  }

  /** Tells whether the worker, were it idle, would have as much. */
  boolean couldHold(Amounts demand) {
    for (int i = 0; i < demand.length(); i++) {
      if (demand.get(i) > capacity.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether there is room for one task more that takes so much. */
  boolean hasRoom(Amounts demand) {
    if (tasks >= taskLimit) {
      return false;
    }
    for (int i = 0; i < demand.length(); i++) {
      long needed = demand.get(i);
      if (needed > 0 && !capacity.unlimited(i) && needed > capacity.get(i) - used(i)) {
        return false;
      }
    }
    return true;
  }

  Amounts capacity() {
    return capacity;
  }

  void take(Amounts amounts) {
    for (int i = 0; i < amounts.length(); i++) {
      use(i, amounts.get(i));
    }
    tasks++;
  }

  void giveBack(Amounts amounts) {
    for (int i = 0; i < amounts.length(); i++) {
      use(i, -amounts.get(i));
    }
    tasks--;
  }

  private long used(int dimension) {
    return switch (dimension) {
      case Dimensions.CPU -> usedCpu;
      case Dimensions.MEMORY -> usedMemory;
      default -> {
        int place = dimension - Dimensions.FIRST_CUSTOM;
        yield place < usedMore.length ? usedMore[place] : 0;
      }
    };
  }

  private void use(int dimension, long more) {
    switch (dimension) {
      case Dimensions.CPU -> usedCpu += more;
      case Dimensions.MEMORY -> usedMemory += more;
      default -> {
        int place = dimension - Dimensions.FIRST_CUSTOM;
        if (place >= usedMore.length) {
          usedMore = Arrays.copyOf(usedMore, place + 1);
        }
        usedMore[place] += more;
      }
    }
  }
}
