package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
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
            () -> Interruptions.suspended(rules),
            () -> Interruptions.due(run.dueAt(), rules, facts),
            task::workerLost,
            task::evicted)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(task::await);
  }

  private Optional<Decision> outcome() {
    return facts
        .answer()
        .map(
            answer ->
                rules.daemon() && answer.error().isEmpty()
                    ? new Decision.Started()
                    : Outcomes.of(answer, run.tally(), rules, facts));
  }

  private Optional<Decision> unsendable() {
    return facts.unsendable().map(error -> new Decision.Fail(Failure.UNSENDABLE, error));
  }

  private Optional<Decision> evicted() {
    return facts.eviction().map(reason -> new Decision.Interrupt(Interruption.EVICTED, reason));
  }

  private Optional<Decision> workerLost() {
    return loss()
        .restart()
        .<Decision>map(reason -> new Decision.Interrupt(Interruption.WORKER_LOST, reason))
        .or(() -> loss().departure(facts.now()).map(this::lost));
  }

  private WorkerLoss loss() {
    return new WorkerLoss(run.worker(), run.sentAt(), facts.health(), rules);
  }

  private Decision lost(String reason) {
    return rules.onDisconnect() == RunRules.OnDisconnect.FAIL
        ? new Decision.Fail(Failure.WORKER_LOST, reason)
        : new Decision.Interrupt(Interruption.WORKER_LOST, reason);
  }

  private Decision await() {
    Optional<Instant> until =
        Stream.of(TaskLifecycle.deadline(run.tally(), rules), loss().graceEnd(), nextRun())
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    return facts.startInDoubt() ? new Decision.Doubt(until) : new Decision.Wait(until);
  }

  private Optional<Instant> nextRun() {
    return rules.recurrence().isPresent() ? run.dueAt() : Optional.empty();
  }
}
