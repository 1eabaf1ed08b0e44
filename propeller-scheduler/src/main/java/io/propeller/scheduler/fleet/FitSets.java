package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Requirements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fit sets of the requirements asked for last; a new one takes the place of the one unused for
 * longest.
 */
final class FitSets {

  private static final int KEPT = 128;

  private final Dimensions dimensions;
  private final Slots slots;
  private final Index index;
  private final ScoreBoard scoreBoard;
  private final Map<Requirements, FitSet> byRequirements = new HashMap<>();
  private final List<FitSet> all = new ArrayList<>();
  private @Nullable FitSet last;
  private long uses;

  FitSets(Dimensions dimensions, Slots slots, Index index, ScoreBoard scoreBoard) {
    this.dimensions = dimensions;
    this.slots = slots;
    this.index = index;
    this.scoreBoard = scoreBoard;
  }

  FitSet of(Requirements required) {
    FitSet set = find(required);
    if (set == null) {
      set =
          new FitSet(required, dimensions.amounts(required.resources()), slots, scoreBoard, index);
      if (all.size() == KEPT) {
        evict();
      }
      all.add(set);
      byRequirements.put(required, set);
    }
    set.lastUse = ++uses;
    last = set;
    return set;
  }

  /** Returns what the requirements take, as a vector. */
  Amounts demandOf(Requirements required) {
    FitSet set = find(required);
    return set == null ? dimensions.amounts(required.resources()) : set.demand();
  }

  /** Returns the set, which is mostly the one asked for before. */
  private @Nullable FitSet find(Requirements required) {
    return last != null && required.equals(last.required()) ? last : byRequirements.get(required);
  }

  private void evict() {
    int oldest = 0;
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).lastUse < all.get(oldest).lastUse) {
        oldest = i;
      }
    }
    byRequirements.remove(all.get(oldest).required());
    all.set(oldest, all.get(all.size() - 1));
    all.remove(all.size() - 1);
  }

  void described(Slot slot) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).described(slot);
    }
  }

  void removed(Slot slot) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).removed(slot);
    }
  }

  void loaded(Slot slot) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).loaded(slot);
    }
  }
}
