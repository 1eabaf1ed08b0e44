package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.WorkerState;

/** How busy a worker is, in one number. */
final class Load {

  private static final double TIE = 1e-9;

  private Load() {}

  /**
   * Returns the load, and by a hair more for every task, which tells workers of equal load apart.
   */
  static double of(WorkerState worker) {
    return worker.load() + TIE * worker.runningTasks();
  }
}
