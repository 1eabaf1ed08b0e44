package io.propeller.scheduler.fleet;

/**
 * Scores a worker by its own state alone, whatever the task; lower is better. That the task does
 * not matter is what allows the fleet to keep the best worker at hand rather than look for it.
 */
@FunctionalInterface
public interface WorkerScore {

  /** Returns the score, which must be a number and always the same for the same state. */
  double of(WorkerState worker);
}
