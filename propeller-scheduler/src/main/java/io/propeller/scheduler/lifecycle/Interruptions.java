package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Interruption;
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
        .flatMap(
            recurrence ->
                dueAt
                    .filter(due -> !facts.now().isBefore(due))
                    .flatMap(due -> due(due, recurrence, facts.now())));
  }

  private static Optional<Decision> due(Instant due, Recurrence recurrence, Instant now) {
    Optional<Instant> next = recurrence.next(now);
    return switch (recurrence.overlap()) {
      case ALLOW -> Optional.of(new Decision.RunBeside(due, next));
      case FORBID -> next.map(Decision.Plan::new);
      case REPLACE ->
          Optional.of(new Decision.Interrupt(Interruption.REPLACED, "the next run is due"));
    };
  }
}
