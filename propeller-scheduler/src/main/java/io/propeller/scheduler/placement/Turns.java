package io.propeller.scheduler.placement;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.model.WorkerId;
import java.util.Iterator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The units of a line that a worker may be given, in their order. Whoever takes one may place it
 * before asking for the next: what no longer fits the worker by then is passed over.
 */
final class Turns {

  private final Fleet fleet;
  private final WorkerId worker;
  private final PriorityQueue<Turn> turns = new PriorityQueue<>();
  private @Nullable Turn last;

  Turns(Fleet fleet, WaitingLine line, WorkerId worker) {
    this.fleet = fleet;
    this.worker = worker;
    for (Group group : line.groups(worker)) {
      if (fleet.fits(group.required(), worker)) {
        turns.add(new Turn(group, ImmutableList.copyOf(group.units()).iterator()));
      }
    }
    if (!line.gangs().isEmpty()) {
      turns.add(new Turn(null, ImmutableList.copyOf(line.gangs()).iterator()));
    }
  }

  /** Returns the next unit; null if there is none. */
  @Nullable Unit next() {
    while (true) {
      if (last != null && last.advance() && isOpen(last)) {
        turns.add(last);
      }
      last = turns.poll();
      if (last == null) {
        return null;
      }
      if (suits(last.unit)) {
        return last.unit;
      }
    }
  }

  private boolean isOpen(Turn turn) {
    return turn.group == null || fleet.fits(turn.group.required(), worker);
  }

  private boolean suits(Unit unit) {
    return unit.tasks().stream().anyMatch(task -> fleet.fits(task.requirements(), worker));
  }

  /** A place in one group of those that wait, or among the gangs. */
  private static final class Turn implements Comparable<Turn> {
    private final @Nullable Group group;
    private final Iterator<Unit> rest;
    private Unit unit;

    Turn(@Nullable Group group, Iterator<Unit> units) {
      this.group = group;
      this.rest = units;
      this.unit = units.next();
    }

    boolean advance() {
      boolean more = rest.hasNext();
      if (more) {
        unit = rest.next();
      }
      return more;
    }

    @Override
    public int compareTo(Turn other) {
      return unit.compareTo(other.unit);
    }
  }
}
