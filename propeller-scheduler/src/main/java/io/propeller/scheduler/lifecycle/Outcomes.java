package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.retry.RetryDecision;

/** Decides what follows from an answer. */
final class Outcomes {

  private Outcomes() {}

  static Decision of(Facts.Answer answer, RunTally tally, RunRules rules, Facts facts) {
    return answer
        .error()
        .map(error -> failure(error, tally, rules, facts))
        .orElseGet(Decision.Complete::new);
  }

  private static Decision failure(String error, RunTally tally, RunRules rules, Facts facts) {
    return TaskLifecycle.retry(tally.failures(), facts.now(), rules, facts)
            instanceof RetryDecision.Again
        ? new Decision.Retry(error)
        : new Decision.Fail(Failure.TASK_ERROR, error);
  }
}
