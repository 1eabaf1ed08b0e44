package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.Decision.Obstacle;
import io.propeller.scheduler.lifecycle.TaskRun.Waiting;
import io.propeller.scheduler.retry.RetryDecision;
import io.propeller.scheduler.workflow.StepState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Decides what to do next with a task that waits to be placed. */
final class WaitingTask {

  /** How many workers a run may lose before the task fails: the task may be what kills them. */
  private static final int MAX_LOST_WORKERS = 3;

  private final Waiting run;
  private final RunRules rules;
  private final Facts facts;

  private WaitingTask(Waiting run, RunRules rules, Facts facts) {
    this.run = run;
    this.rules = rules;
    this.facts = facts;
  }

  static Decision decide(Waiting run, RunRules rules, Facts facts) {
    WaitingTask task = new WaitingTask(run, rules, facts);
    return Stream.<Supplier<Optional<Decision>>>of(
            task::outcome,
            () -> TaskLifecycle.overdue(run.tally(), rules, facts),
            task::tooManyLost,
            task::suspended,
            task::notDue,
            task::dependencies,
            task::backoff,
            task::callee)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(task::place);
  }

  /** An attempt that was given up may still be the one that ends the run. */
  private Optional<Decision> outcome() {
    return facts.answer().map(answer -> Outcomes.of(answer, run.tally(), rules, facts));
  }

  private Optional<Decision> tooManyLost() {
    int lost = run.tally().lostWorkers();
    return lost < MAX_LOST_WORKERS
        ? Optional.empty()
        : Optional.of(
            new Decision.Fail(
                Failure.TOO_MANY_WORKERS_LOST,
                "lost " + lost + " proplets, the last one while it ran"));
  }

  private Optional<Decision> suspended() {
    return rules.suspended()
        ? Optional.of(
            new Decision.Hold(
                Obstacle.SUSPENDED, "spec.suspend keeps the task from being placed", deadline()))
        : Optional.empty();
  }

  private Optional<Decision> notDue() {
    if (rules.recurrence().isEmpty() || run.tally().startedAt().isPresent()) {
      return Optional.empty();
    }
    if (run.dueAt().isEmpty()) {
      return rules.recurrence().get().next(facts.now()).map(Decision.Plan::new);
    }
    return run.dueAt()
        .filter(facts.now()::isBefore)
        .map(due -> new Decision.Hold(Obstacle.NOT_DUE, "waits for its next run", run.dueAt()));
  }

  private Optional<Decision> dependencies() {
    StepState state = facts.dependencies();
    if (run.tally().startedAt().isPresent() || state instanceof StepState.Ready) {
      return Optional.empty();
    }
    if (state instanceof StepState.OnCycle cycle) {
      return Optional.of(new Decision.Fail(Failure.DEPENDENCY_CYCLE, cycle.message()));
    }
    if (state instanceof StepState.ToSkip) {
      return Optional.of(
          new Decision.Skip("what the task depends on did not end as spec.runIf wants"));
    }
    return Optional.of(new Decision.Hold(Obstacle.DEPENDENCIES, awaited(state), Optional.empty()));
  }

  /** Names what is missing, and not what runs: the words do not change with each that ends. */
  private static String awaited(StepState state) {
    String message = "waits for the tasks of spec.dependsOn";
    return state instanceof StepState.Waits waits && !waits.missing().isEmpty()
        ? message + "; there is no " + String.join(", ", waits.missing()) + " yet"
        : message;
  }

  private Optional<Decision> backoff() {
    return run.failedAt()
        .flatMap(
            failedAt -> {
              RetryDecision retry =
                  TaskLifecycle.retry(run.tally().failures() - 1, failedAt, rules, facts);
              return retry instanceof RetryDecision.Again again && facts.now().isBefore(again.at())
                  ? Optional.of(
                      new Decision.Hold(
                          Obstacle.BACKOFF,
                          "the last attempt failed; another will be made",
                          earliest(again.at())))
                  : Optional.empty();
            });
  }

  private Optional<Decision> callee() {
    return facts.uncallable().map(reason -> new Decision.Hold(Obstacle.CALLEE, reason, deadline()));
  }

  private Decision place() {
    if (rules.broadcast() && !facts.places().isEmpty()) {
      return new Decision.Broadcast(facts.places(), run.tally().attempts() + 1, nextRun());
    }
    return facts
        .place()
        .<Decision>map(
            worker -> new Decision.Dispatch(worker, run.tally().attempts() + 1, nextRun()))
        .orElseGet(() -> new Decision.Place(deadline()));
  }

  private Optional<Instant> nextRun() {
    return rules
        .recurrence()
        .flatMap(
            recurrence ->
                run.dueAt().filter(facts.now()::isBefore).or(() -> recurrence.next(facts.now())));
  }

  private Optional<Instant> deadline() {
    return TaskLifecycle.deadline(run.tally(), rules);
  }

  private Optional<Instant> earliest(Instant other) {
    return deadline().filter(other::isAfter).or(() -> Optional.of(other));
  }
}
