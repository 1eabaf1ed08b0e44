package io.propeller.scheduler.fleet;

import java.util.ArrayList;
import java.util.List;

/** The scores of all workers by those functions that were asked for last. */
final class ScoreBoard {

  private static final int KEPT = 8;

  private final Slots slots;
  private final List<Scores> kept = new ArrayList<>();

  ScoreBoard(Slots slots) {
    this.slots = slots;
  }

  /**
   * Returns what the function says of each worker; of those kept, the oldest gives way to a new
   * one.
   */
  Scores of(WorkerScore score) {
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).isOf(score)) {
        return kept.get(i);
      }
    }
    Scores scores = new Scores(score);
    for (int ordinal = 0; ordinal < slots.limit(); ordinal++) {
      Slot slot = slots.at(ordinal);
      if (slot != null && slot.known()) {
        scores.update(slot);
      }
    }
    if (kept.size() == KEPT) {
      kept.remove(0);
    }
    kept.add(scores);
    return scores;
  }

  boolean keeps(Scores scores) {
    return kept.contains(scores);
  }

  /** Takes note that the worker is described anew, or that what runs on it has changed. */
  void changed(Slot slot) {
    for (int i = 0; i < kept.size(); i++) {
      kept.get(i).update(slot);
    }
  }
}
