package io.propeller.scheduler.fleet;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.model.TaskId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which task takes how much of which worker. An entry is a place in parallel arrays, and found
 * through an open hash table with linear probing, so that to add and remove one allocates nothing.
 * The entries of one worker form a list.
 */
final class Reservations {

  private static final int NONE = HashTable.NONE;

  private final HashTable<TaskId> table = new HashTable<>(this::taskAt);

  private @Nullable TaskId[] tasks = new TaskId[16];
  private @Nullable Slot[] slots = new Slot[16];
  private @Nullable Amounts[] amounts = new Amounts[16];
  private int[] older = new int[16];
  private int[] newer = new int[16];
  private int firstFree = NONE;
  private int limit;

  @Nullable Slot slotOf(TaskId task) {
    int entry = table.find(task);
    return entry == NONE ? null : slots[entry];
  }

  /** Adds the task, unless it is there already; tells which. */
  boolean add(TaskId task, Slot slot, Amounts taken) {
    int entry = nextFree();
    if (!table.add(task, entry)) {
      return false;
    }
    take(entry);
    tasks[entry] = task;
    slots[entry] = slot;
    amounts[entry] = taken;

    older[entry] = slot.lastReservation;
    newer[entry] = NONE;
    if (slot.lastReservation != NONE) {
      newer[slot.lastReservation] = entry;
    }
    slot.lastReservation = entry;
    slot.take(taken);
    return true;
  }

  /** Removes the task, and returns where it was; null if it is not there. */
  @Nullable Slot remove(TaskId task) {
    int entry = table.remove(task);
    if (entry == NONE) {
      return null;
    }
    Slot slot = slots[entry];
    Amounts taken = amounts[entry];
    if (slot != null && taken != null) {
      slot.giveBack(taken);
      unlink(entry, slot);
    }
    tasks[entry] = null;
    slots[entry] = null;
    amounts[entry] = null;
    older[entry] = firstFree;
    firstFree = entry;
    return slot;
  }

  /** Returns the tasks on this worker, the oldest first. */
  ImmutableList<TaskId> on(Slot slot) {
    ImmutableList.Builder<TaskId> found = ImmutableList.builder();
    for (int entry = slot.lastReservation; entry != NONE; entry = older[entry]) {
      TaskId task = tasks[entry];
      if (task != null) {
        found.add(task);
      }
    }
    return found.build().reverse();
  }

  private void unlink(int entry, Slot slot) {
    if (newer[entry] == NONE) {
      slot.lastReservation = older[entry];
    } else {
      older[newer[entry]] = older[entry];
    }
    if (older[entry] != NONE) {
      newer[older[entry]] = newer[entry];
    }
  }

  private int nextFree() {
    if (firstFree == NONE && limit == tasks.length) {
      grow();
    }
    return firstFree == NONE ? limit : firstFree;
  }

  private void take(int entry) {
    if (entry == limit) {
      limit++;
    } else {
      firstFree = older[entry];
    }
  }

  private void grow() {
    int length = limit * 2;
    tasks = Arrays.copyOf(tasks, length);
    slots = Arrays.copyOf(slots, length);
    amounts = Arrays.copyOf(amounts, length);
    older = Arrays.copyOf(older, length);
    newer = Arrays.copyOf(newer, length);
  }

  private @Nullable TaskId taskAt(int entry) {
    return tasks[entry];
  }
}
