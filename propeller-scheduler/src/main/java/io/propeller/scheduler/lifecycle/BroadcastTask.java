package io.propeller.scheduler.lifecycle;

import com.google.common.collect.ImmutableMap;
import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.TaskRun.Broadcasting;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Decides what to do next with a task that was sent to several workers. */
final class BroadcastTask {

  private final Broadcasting run;
  private final RunRules rules;
  private final Facts facts;

  private BroadcastTask(Broadcasting run, RunRules rules, Facts facts) {
    this.run = run;
    this.rules = rules;
    this.facts = facts;
  }

  static Decision decide(Broadcasting run, RunRules rules, Facts facts) {
    BroadcastTask task = new BroadcastTask(run, rules, facts);
    return Stream.<Supplier<Optional<Decision>>>of(
            task::gather,
            task::unsendable,
            () -> TaskLifecycle.overdue(run.tally(), rules, facts),
            () -> Interruptions.suspended(rules),
            () -> Interruptions.due(run.dueAt(), rules, facts))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(task::await);
  }

  private Optional<Decision> gather() {
    ImmutableMap<WorkerId, String> gone = gone();
    long left =
        run.open().stream()
            .filter(worker -> !gone.containsKey(worker) && !facts.answers().containsKey(worker))
            .count();
    if (left == 0) {
      return Optional.of(new Decision.Gather(gone, Optional.of(end())));
    }
    return gone.isEmpty() && facts.answers().isEmpty()
        ? Optional.empty()
        : Optional.of(new Decision.Gather(gone, Optional.empty()));
  }

  private ImmutableMap<WorkerId, String> gone() {
    ImmutableMap.Builder<WorkerId, String> gone = ImmutableMap.builder();
    for (WorkerId worker : run.open()) {
      if (!facts.answers().containsKey(worker)) {
        WorkerLoss loss = loss(worker);
        loss.restart()
            .or(() -> loss.departure(facts.now()))
            .ifPresent(reason -> gone.put(worker, reason));
      }
    }
    return gone.buildOrThrow();
  }

  private WorkerLoss loss(WorkerId worker) {
    WorkerHealth health = facts.healths().get(worker);
    return new WorkerLoss(
        worker, run.sentAt(), health == null ? new WorkerHealth.Present() : health, rules);
  }

  private Decision end() {
    boolean anySucceeded =
        run.succeeded() > 0
            || facts.answers().values().stream().anyMatch(answer -> answer.error().isEmpty());
    return anySucceeded
        ? new Decision.Complete()
        : Outcomes.of(
            new Facts.Answer(Optional.of("no proplet ran the task to its end")),
            run.tally(),
            rules,
            facts);
  }

  private Optional<Decision> unsendable() {
    return facts.unsendable().map(error -> new Decision.Fail(Failure.UNSENDABLE, error));
  }

  private Decision await() {
    Stream<Optional<Instant>> graces = run.open().stream().map(worker -> loss(worker).graceEnd());
    return new Decision.Wait(
        Stream.concat(
                graces,
                Stream.of(
                    TaskLifecycle.deadline(run.tally(), rules),
                    rules.recurrence().flatMap(recurrence -> run.dueAt())))
            .flatMap(Optional::stream)
            .min(Instant::compareTo));
  }
}
