package io.propeller.scheduler.fleet;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Candidates of which there is one, or none. */
record Only(@Nullable Slot slot) implements Candidates {

  @Override
  public int size() {
    return slot == null ? 0 : 1;
  }

  @Override
  public @Nullable WorkerState firstFrom(int ordinal) {
    return slot != null && slot.ordinal() >= ordinal ? slot : null;
  }

  @Override
  public WorkerState get(int rank) {
    if (slot == null || rank != 0) {
      throw new IndexOutOfBoundsException("rank %d of %d".formatted(rank, size()));
    }
    return slot;
  }

  @Override
  public boolean contains(WorkerState worker) {
    return worker == slot;
  }

  @Override
  public WorkerState lowest(WorkerScore score) {
    if (slot == null) {
      throw new NoSuchElementException("there are no candidates");
    }
    return slot;
  }
}
