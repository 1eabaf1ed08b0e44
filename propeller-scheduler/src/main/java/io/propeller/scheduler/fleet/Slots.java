package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.WorkerId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The places of all workers, by ordinal and by id. A new one takes the lowest free ordinal. */
final class Slots {

  private final Dimensions dimensions;
  private final HashTable<WorkerId> byId = new HashTable<>(this::idAt);
  private final Bitmap vacant = new Bitmap();
  private @Nullable Slot[] byOrdinal = new Slot[64];
  private int limit;

  Slots(Dimensions dimensions) {
    this.dimensions = dimensions;
  }

  /** Returns the number that all ordinals are less than. */
  int limit() {
    return limit;
  }

  @Nullable Slot find(WorkerId id) {
    int ordinal = byId.find(id);
    return ordinal == HashTable.NONE ? null : byOrdinal[ordinal];
  }

  @Nullable Slot at(int ordinal) {
    return ordinal < limit ? byOrdinal[ordinal] : null;
  }

  /** Returns the slot of an ordinal that is taken. */
  Slot taken(int ordinal) {
    Slot slot = byOrdinal[ordinal];
    if (slot == null) {
      throw new IllegalStateException("no worker has ordinal " + ordinal);
    }
    return slot;
  }

  Slot findOrAdd(WorkerId id) {
    Slot found = find(id);
    if (found != null) {
      return found;
    }
    int ordinal = vacant.next(0);
    if (ordinal >= 0) {
      vacant.remove(ordinal);
    } else {
      ordinal = limit++;
      if (ordinal == byOrdinal.length) {
        byOrdinal = Arrays.copyOf(byOrdinal, limit * 3 / 2);
      }
    }
    Slot slot = new Slot(dimensions, id, ordinal);
    byOrdinal[ordinal] = slot;
    byId.add(id, ordinal);
    return slot;
  }

  void remove(Slot slot) {
    byId.remove(slot.id());
    byOrdinal[slot.ordinal()] = null;
    vacant.add(slot.ordinal());
  }

  private @Nullable WorkerId idAt(int ordinal) {
    Slot slot = byOrdinal[ordinal];
    return slot == null ? null : slot.id();
  }
}
