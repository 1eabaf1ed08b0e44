package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;

/** A worker and what runs on it. */
public interface WorkerState {

  /** What it is and has. */
  Worker worker();

  /** Who it is. */
  default WorkerId id() {
    return worker().id();
  }

  /**
   * Its place in the fleet's order, from 0. A worker takes the lowest free place when it comes and
   * keeps it until it is removed. Where nothing else decides between workers, the one of the lower
   * place is taken.
   */
  int ordinal();

  /** How many tasks run on it. */
  int runningTasks();

  /** What the tasks that run on it take, together. */
  Resources used();

  /**
   * The share of it that is in use: the greatest among its limited quantities and its limit of
   * tasks, from 0; over 1 where more runs than it has, and 0 where nothing is limited.
   */
  double load();
}
