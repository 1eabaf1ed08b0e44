package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Requirements;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The workers that fit certain requirements, kept up to date with the fleet: those that match by
 * nature, and among them those that have room now.
 */
final class FitSet implements Candidates {

  private final Requirements required;
  private final Amounts demand;
  private final Slots slots;
  private final ScoreBoard scoreBoard;
  private final Bitmap matching = new Bitmap();
  private final Bitmap fitting = new Bitmap();
  private final List<Tournament> tournaments = new ArrayList<>(1);

  /** When it was asked for last, as a count of such requests. */
  long lastUse;

  FitSet(Requirements required, Amounts demand, Slots slots, ScoreBoard scoreBoard, Index index) {
    this.required = required;
    this.demand = demand;
    this.slots = slots;
    this.scoreBoard = scoreBoard;
    long[] selected = index.select(required);
    for (int word = selected.length - 1; word >= 0; word--) {
      for (long bits = selected[word]; bits != 0; bits &= bits - 1) {
        Slot slot = slots.at((word << 6) + Long.numberOfTrailingZeros(bits));
        if (slot != null
            && slot.couldHold(demand)
            && Matching.untolerated(required, slot.worker()) == null) {
          matching.add(slot.ordinal());
          refresh(slot);
        }
      }
    }
  }

  Requirements required() {
    return required;
  }

  Amounts demand() {
    return demand;
  }

  /** Takes note that a worker came or was described anew. */
  void described(Slot slot) {
    matching.set(slot.ordinal(), Matching.failedByNature(required, demand, slot) == null);
    refresh(slot);
  }

  /** Takes note that a worker is gone. */
  void removed(Slot slot) {
    matching.remove(slot.ordinal());
    setFitting(slot.ordinal(), false);
  }

  /** Takes note that what runs on a worker, or whether it is held, has changed. */
  void loaded(Slot slot) {
    if (matching.get(slot.ordinal())) {
      refresh(slot);
    }
  }

  private void refresh(Slot slot) {
    setFitting(
        slot.ordinal(),
        matching.get(slot.ordinal()) && slot.heldFor == null && slot.hasRoom(demand));
  }

  private void setFitting(int ordinal, boolean fits) {
    boolean did = fitting.get(ordinal);
    if (did != fits) {
      fitting.set(ordinal, fits);
    }
    if (did || fits) {
      for (int i = 0; i < tournaments.size(); i++) {
        tournaments.get(i).changed(ordinal);
      }
    }
  }

  /** Returns the smallest ordinal from this on of a worker that matches by nature, or -1. */
  int nextMatching(int from) {
    return matching.next(from);
  }

  @Override
  public int size() {
    return fitting.size();
  }

  @Override
  public @Nullable WorkerState firstFrom(int ordinal) {
    int found = fitting.next(ordinal);
    return found < 0 ? null : slots.taken(found);
  }

  @Override
  public WorkerState get(int rank) {
    return slots.taken(fitting.select(rank));
  }

  @Override
  public boolean contains(WorkerState worker) {
    return worker == slots.at(worker.ordinal()) && fitting.get(worker.ordinal());
  }

  @Override
  public WorkerState lowest(WorkerScore score) {
    int winner = tournament(score).winner();
    if (winner < 0) {
      throw new NoSuchElementException("there are no candidates");
    }
    return slots.taken(winner);
  }

  private Tournament tournament(WorkerScore score) {
    Scores scores = scoreBoard.of(score);
    for (int i = 0; i < tournaments.size(); i++) {
      if (tournaments.get(i).scores() == scores) {
        return tournaments.get(i);
      }
    }
    tournaments.removeIf(tournament -> !scoreBoard.keeps(tournament.scores()));
    Tournament tournament = new Tournament(fitting, scores);
    tournaments.add(tournament);
    return tournament;
  }
}
