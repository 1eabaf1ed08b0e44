package io.propeller.testkit.scheduler;

import io.propeller.scheduler.fleet.WorkerState;
import java.util.List;

/** What a policy, a filter or a scorer says when it is asked about a task. */
sealed interface Answer {

  record Picked(WorkerState worker) implements Answer {
    @Override
    public String toString() {
      return "on " + worker.id();
    }
  }

  record Refused() implements Answer {}

  record Judged(List<?> perCandidate) implements Answer {}

  record Threw(RuntimeException cause) implements Answer {
    @Override
    public String toString() {
      return "threw";
    }
  }
}
