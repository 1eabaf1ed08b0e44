package io.propeller.testkit.scheduler;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.policy.Filter;
import io.propeller.scheduler.policy.PolicyPart;
import io.propeller.scheduler.policy.SchedulingPolicy;
import io.propeller.scheduler.policy.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks a policy, a filter or a scorer in the way of its kind. */
record PartUnderTest(PolicyPart part) {

  Answer ask(TaskRequest task, Candidates candidates) {
    try {
      if (part instanceof SchedulingPolicy policy) {
        WorkerState picked = policy.pick(task, candidates);
        return picked == null ? new Answer.Refused() : new Answer.Picked(picked);
      } else if (part instanceof Filter filter) {
        return new Answer.Judged(judge(candidates, worker -> filter.accepts(task, worker)));
      } else if (part instanceof Scorer scorer) {
        return new Answer.Judged(judge(candidates, worker -> scorer.score(task, worker)));
      }
      throw new AssertionError("a new kind of part: " + part);
    } catch (RuntimeException e) {
      return new Answer.Threw(e);
    }
  }

  private static List<Object> judge(
      Candidates candidates, Function<WorkerState, Object> judgement) {
    List<Object> all = new ArrayList<>();
    for (int rank = 0; rank < candidates.size(); rank++) {
      all.add(judgement.apply(candidates.get(rank)));
    }
    return all;
  }
}
