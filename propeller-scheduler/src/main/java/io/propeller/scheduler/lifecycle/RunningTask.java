package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.lifecycle.Recurrence.Overlap;
import io.propeller.scheduler.lifecycle.TaskRun.Dispatched;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Decides what to do next with a task that was given to a worker. */
final class RunningTask {

  private final Dispatched run;
  private final RunRules rules;
  private final Facts facts;

  private RunningTask(Dispatched run, RunRules rules, Facts facts) {
    this.run = run;
    this.rules = rules;
    this.facts = facts;
  }

  static Decision decide(Dispatched run, RunRules rules, Facts facts) {
    RunningTask task = new RunningTask(run, rules, facts);
    return Stream.<Supplier<Optional<Decision>>>of(
            task::outcome,
            task::unsendable,
            () -> TaskLifecycle.overdue(run.tally(), rules, facts),
            task::suspended,
            task::due,
            task::workerLost)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(task::await);
  }

  private Optional<Decision> outcome() {
    return facts.answer().map(answer -> Outcomes.of(answer, run.tally(), rules, facts));
  }

  private Optional<Decision> unsendable() {
    return facts.unsendable().map(error -> new Decision.Fail(Failure.UNSENDABLE, error));
  }

  private Optional<Decision> suspended() {
    return rules.suspended()
        ? Optional.of(new Decision.Interrupt(Interruption.SUSPENDED, "spec.suspend is true"))
        : Optional.empty();
  }

  /** The next run is due while this one still runs. */
  private Optional<Decision> due() {
    return rules
        .recurrence()
        .filter(recurrence -> run.dueAt().filter(due -> !facts.now().isBefore(due)).isPresent())
        .flatMap(
            recurrence ->
                recurrence.overlap() == Overlap.REPLACE
                    ? Optional.of(
                        new Decision.Interrupt(Interruption.REPLACED, "the next run is due"))
                    : recurrence.next(facts.now()).map(Decision.Plan::new));
  }

  private Optional<Decision> workerLost() {
    WorkerHealth health = facts.health();
    if (health instanceof WorkerHealth.Restarted restarted
        && run.sentAt().isBefore(restarted.at())) {
      return Optional.of(
          new Decision.Interrupt(
              Interruption.WORKER_LOST, "proplet " + run.worker() + " was started anew"));
    }
    if (health instanceof WorkerHealth.Removed) {
      return Optional.of(lost("proplet " + run.worker() + " was deleted"));
    }
    return graceEnd()
        .filter(end -> !facts.now().isBefore(end))
        .map(end -> lost("proplet " + run.worker() + " went offline"));
  }

  private Decision lost(String reason) {
    return rules.onDisconnect() == RunRules.OnDisconnect.FAIL
        ? new Decision.Fail(Failure.WORKER_LOST, reason)
        : new Decision.Interrupt(Interruption.WORKER_LOST, reason);
  }

  private Optional<Instant> graceEnd() {
    return facts.health() instanceof WorkerHealth.Away away
            && rules.onDisconnect() != RunRules.OnDisconnect.WAIT
        ? Optional.of(away.since().plus(rules.disconnectGrace()))
        : Optional.empty();
  }

  private Decision await() {
    return new Decision.Wait(
        Stream.of(TaskLifecycle.deadline(run.tally(), rules), graceEnd(), nextRun())
            .flatMap(Optional::stream)
            .min(Instant::compareTo));
  }

  private Optional<Instant> nextRun() {
    return rules.recurrence().isPresent() ? run.dueAt() : Optional.empty();
  }
}
