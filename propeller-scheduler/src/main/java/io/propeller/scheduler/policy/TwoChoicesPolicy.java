package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import java.util.random.RandomGenerator;

/**
 * See {@link Policies#TWO_CHOICES}; after Mitzenmacher, The Power of Two Choices in Randomized Load
 * Balancing, IEEE TPDS 12 (2001).
 */
final class TwoChoicesPolicy implements SchedulingPolicy {

  private final RandomGenerator random;

  TwoChoicesPolicy(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public WorkerState pick(TaskRequest task, Candidates candidates) {
    WorkerState first = candidates.get(random.nextInt(candidates.size()));
    WorkerState second = candidates.get(random.nextInt(candidates.size()));
    int byLoad = Double.compare(Load.of(first), Load.of(second));
    boolean firstIsBetter = byLoad == 0 ? first.ordinal() < second.ordinal() : byLoad < 0;
    return firstIsBetter ? first : second;
  }
}
