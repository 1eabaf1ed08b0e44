package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.lifecycle.Recurrence.Overlap;
import java.time.Instant;
import java.util.Optional;

/** Decides what interrupts a task that runs, wherever it does. */
final class Interruptions {

  private Interruptions() {}

  static Optional<Decision> suspended(RunRules rules) {
    return rules.suspended()
        ? Optional.of(new Decision.Interrupt(Interruption.SUSPENDED, "spec.suspend is true"))
        : Optional.empty();
  }

  /** The next run is due while this one still runs. */
  static Optional<Decision> due(Optional<Instant> dueAt, RunRules rules, Facts facts) {
    return rules
        .recurrence()
        .filter(recurrence -> dueAt.filter(due -> !facts.now().isBefore(due)).isPresent())
        .flatMap(
            recurrence ->
                recurrence.overlap() == Overlap.REPLACE
                    ? Optional.of(
                        new Decision.Interrupt(Interruption.REPLACED, "the next run is due"))
                    : recurrence.next(facts.now()).map(Decision.Plan::new));
  }
}
