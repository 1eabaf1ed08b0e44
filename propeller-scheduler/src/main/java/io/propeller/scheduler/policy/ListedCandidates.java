package io.propeller.scheduler.policy;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerScore;
import io.propeller.scheduler.fleet.WorkerState;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Candidates that filters have left.
 *
 * @param workers the workers in the order of their ordinals
 */
record ListedCandidates(List<WorkerState> workers) implements Candidates {

  @Override
  public int size() {
    return workers.size();
  }

  @Override
  public @Nullable WorkerState firstFrom(int ordinal) {
    for (WorkerState worker : workers) {
      if (worker.ordinal() >= ordinal) {
        return worker;
      }
    }
    return null;
  }

  @Override
  public WorkerState get(int rank) {
    return workers.get(rank);
  }

  @Override
  public boolean contains(WorkerState worker) {
    return workers.contains(worker);
  }

  @Override
  public WorkerState lowest(WorkerScore score) {
    WorkerState best = null;
    for (WorkerState worker : workers) {
      if (best == null || score.of(worker) < score.of(best)) {
        best = worker;
      }
    }
    if (best == null) {
      throw new NoSuchElementException("there are no candidates");
    }
    return best;
  }
}
