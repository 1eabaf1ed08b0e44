package io.propeller.testkit.scheduler;

import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;

/** Something that happens to a fleet or to the tasks that want its workers. */
public sealed interface FleetAction {

  /**
   * A worker comes or changes.
   *
   * @param worker what it is now
   */
  record Put(Worker worker) implements FleetAction {}

  /**
   * A worker goes for good.
   *
   * @param worker which; it may be one that is not there
   */
  record Remove(WorkerId worker) implements FleetAction {}

  /**
   * A task asks for a worker.
   *
   * @param task what it asks; its id is no other action's
   */
  record Submit(TaskRequest task) implements FleetAction {}

  /**
   * A task ends.
   *
   * @param index which of those that run: the one at this place, modulo their number, by age
   */
  record Release(int index) implements FleetAction {}
}
