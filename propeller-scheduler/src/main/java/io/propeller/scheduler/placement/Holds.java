package io.propeller.scheduler.placement;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps workers free for the one unit that has waited too long, so that smaller ones do not for
 * ever take the room that comes free before it suffices. For each of the unit's tasks one worker is
 * held, the least loaded of those that would fit the task if they were idle.
 */
final class Holds {

  private final Fleet fleet;
  private final Set<WorkerId> held = new LinkedHashSet<>();
  private @Nullable Unit holder;

  Holds(Fleet fleet) {
    this.fleet = fleet;
  }

  @Nullable Unit holder() {
    return holder;
  }

  boolean holds(WorkerId worker) {
    return held.contains(worker);
  }

  /** Holds workers for the unit, and tells whether there was one to hold. */
  boolean begin(Unit unit) {
    for (TaskRequest task : unit.tasks()) {
      Optional<WorkerId> worker = fleet.leastLoadedMatch(task.requirements());
      if (worker.isPresent()) {
        fleet.hold(worker.get(), unit.first().id());
        held.add(worker.get());
      }
    }
    holder = held.isEmpty() ? null : unit;
    return !held.isEmpty();
  }

  /** Ends the hold, and returns the workers that it was on. */
  ImmutableList<WorkerId> end() {
    ImmutableList<WorkerId> workers = ImmutableList.copyOf(held);
    workers.forEach(fleet::unhold);
    held.clear();
    holder = null;
    return workers;
  }
}
