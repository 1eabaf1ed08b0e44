package io.propeller.examples.policy;

import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.policy.Scorer;

/**
 * Prefers workers of a low price, which is a label of theirs, in cents an hour; those that name
 * none are the dearest.
 */
final class CheapestScorer implements Scorer {

  private static final double DEAREST = 1_000;

  private final String label;

  CheapestScorer(String label) {
    this.label = label;
  }

  @Override
  public double score(TaskRequest task, WorkerState worker) {
    String price = worker.worker().labels().getOrDefault(label, "");
    return price.matches("[0-9]{1,9}") ? Math.min(1, Long.parseLong(price) / DEAREST) : 1;
  }
}
