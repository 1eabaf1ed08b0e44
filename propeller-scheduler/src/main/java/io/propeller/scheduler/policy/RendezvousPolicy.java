package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import org.jspecify.annotations.Nullable;

/**
 * See {@link Policies#RENDEZVOUS}; highest random weight hashing after Thaler and Ravishankar,
 * IEEE/ACM Transactions on Networking 6 (1998). Of equal weights, the lower id wins.
 */
final class RendezvousPolicy implements SchedulingPolicy {

  @Override
  public @Nullable WorkerState pick(TaskRequest task, Candidates candidates) {
    long seed = mix(task.id().hashCode());
    WorkerState best = null;
    long highest = Long.MIN_VALUE;
    for (WorkerState worker = candidates.firstFrom(0);
        worker != null;
        worker = candidates.firstFrom(worker.ordinal() + 1)) {
      long weight = mix(seed ^ worker.id().hashCode());
      if (best == null
          || weight > highest
          || (weight == highest && worker.id().compareTo(best.id()) < 0)) {
        best = worker;
        highest = weight;
      }
    }
    return best;
  }

  /** Spreads the bits, as the finalizer of SplitMix64 does (Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
