package io.propeller.scheduler.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;

/**
 * All that a fleet knew at one moment. Immutable, so any thread may read it.
 *
 * @param workers the known workers, in the fleet's order
 */
public record FleetSnapshot(ImmutableMap<WorkerId, Entry> workers) {

  /**
   * A worker at that moment.
   *
   * @param worker what it is and has
   * @param tasks the tasks on it, the oldest first
   * @param used what they take, together
   * @param load the share of it in use, see {@link WorkerState#load()}
   */
  public record Entry(Worker worker, ImmutableList<TaskId> tasks, Resources used, double load) {}
}
