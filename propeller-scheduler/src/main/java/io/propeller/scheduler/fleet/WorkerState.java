package io.propeller.scheduler.fleet;

import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Worker;

/** A worker and what runs on it. */
public interface WorkerState {

  /** What it is and has. */
  Worker worker();

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
}
