package io.propeller.scheduler.policy;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules out what any filter rules out, and takes the lowest weighted sum of the scores, of equal
 * ones the lower ordinal; without scorers, what the base policy picks of the rest.
 */
final class CombinedPolicy implements SchedulingPolicy {

  record NamedFilter(String name, Filter filter) {}

  record WeightedScorer(String name, Scorer scorer, double weight) {}

  private final ImmutableList<NamedFilter> filters;
  private final ImmutableList<WeightedScorer> scorers;
  private final SchedulingPolicy base;
  private final Guard guard;

  CombinedPolicy(
      ImmutableList<NamedFilter> filters,
      ImmutableList<WeightedScorer> scorers,
      SchedulingPolicy base,
      Guard guard) {
    this.filters = filters;
    this.scorers = scorers;
    this.base = base;
    this.guard = guard;
  }

  @Override
  public @Nullable WorkerState pick(TaskRequest task, Candidates candidates) {
    List<WorkerState> accepted = accepted(task, candidates);
    if (accepted.isEmpty()) {
      return null;
    }
    return scorers.isEmpty()
        ? base.pick(task, new ListedCandidates(accepted))
        : lowest(task, accepted);
  }

  private List<WorkerState> accepted(TaskRequest task, Candidates candidates) {
    List<WorkerState> accepted = new ArrayList<>();
    for (WorkerState worker = candidates.firstFrom(0);
        worker != null;
        worker = candidates.firstFrom(worker.ordinal() + 1)) {
      if (accepts(task, worker)) {
        accepted.add(worker);
      }
    }
    return accepted;
  }

  private boolean accepts(TaskRequest task, WorkerState worker) {
    for (NamedFilter named : filters) {
      Boolean verdict =
          guard.call(named.name(), task.id(), () -> named.filter().accepts(task, worker));
      if (verdict != null && !verdict) {
        return false;
      }
    }
    return true;
  }

  private WorkerState lowest(TaskRequest task, List<WorkerState> workers) {
    double[] sums = new double[workers.size()];
    for (WeightedScorer scorer : scorers) {
      double[] scores = guard.call(scorer.name(), task.id(), () -> scores(scorer, task, workers));
      if (scores != null && allInRange(scorer, task, scores)) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += scorer.weight() * scores[i];
        }
      }
    }
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      best = sums[i] < sums[best] ? i : best;
    }
    return workers.get(best);
  }

  private static double[] scores(
      WeightedScorer scorer, TaskRequest task, List<WorkerState> workers) {
    return workers.stream().mapToDouble(worker -> scorer.scorer().score(task, worker)).toArray();
  }

  private boolean allInRange(WeightedScorer scorer, TaskRequest task, double[] scores) {
    for (double score : scores) {
      if (!(score >= 0 && score <= 1)) {
        guard.outOfRange(scorer.name(), task.id(), "score " + score + ", which is not from 0 to 1");
        return false;
      }
    }
    return true;
  }
}
