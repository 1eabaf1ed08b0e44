package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.lifecycle.TaskRun.Dispatched;
import io.propeller.scheduler.lifecycle.TaskRun.Failed;
import io.propeller.scheduler.lifecycle.TaskRun.Finished;
import io.propeller.scheduler.lifecycle.TaskRun.Interrupted;
import io.propeller.scheduler.lifecycle.TaskRun.Waiting;
import io.propeller.scheduler.retry.RetryDecision;
import io.propeller.scheduler.retry.RetryState;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides what to do next with a task, as a function of what is recorded and what is known.
 *
 * <p>Equal input gives an equal decision, whatever woke the caller; a decision that was carried out
 * leads to a record from which the next follows, so that anyone can go on at any point.
 */
public final class TaskLifecycle {

  private TaskLifecycle() {}

  /** Decides what to do next. */
  public static Decision decide(TaskRun run, RunRules rules, Facts facts) {
    if (run instanceof Waiting waiting) {
      return WaitingTask.decide(waiting, rules, facts);
    }
    if (run instanceof Dispatched dispatched) {
      return RunningTask.decide(dispatched, rules, facts);
    }
    if (run instanceof TaskRun.Broadcasting broadcasting) {
      return BroadcastTask.decide(broadcasting, rules, facts);
    }
    if (run instanceof Interrupted interrupted) {
      return requeue(interrupted, rules, facts);
    }
    if (run instanceof Failed) {
      return new Decision.Requeue(false);
    }
    return afterEnd((Finished) run, rules, facts);
  }

  private static Decision requeue(Interrupted run, RunRules rules, Facts facts) {
    // What an attempt answered that was stopped too late is an outcome like any other.
    boolean answered = facts.answer().isPresent();
    if (rules.suspended() && !answered) {
      return new Decision.Wait(Optional.empty());
    }
    return new Decision.Requeue(!answered && endsRun(run.cause()));
  }

  /** Returns whether what comes after is another run, and not the same on another worker. */
  private static boolean endsRun(Interruption cause) {
    return switch (cause) {
      case SUSPENDED, REPLACED -> true;
      case WORKER_LOST, EVICTED -> false;
    };
  }

  private static Decision afterEnd(Finished run, RunRules rules, Facts facts) {
    if (rules.recurrence().isPresent() && run.dueAt().isPresent()) {
      if (rules.suspended()) {
        return new Decision.Wait(Optional.empty());
      }
      return facts.now().isBefore(run.dueAt().get())
          ? new Decision.Wait(run.dueAt())
          : new Decision.Requeue(true);
    }
    Optional<Instant> end = rules.timeToLive().map(run.finishedAt()::plus);
    return end.isPresent() && !facts.now().isBefore(end.get())
        ? new Decision.Expire()
        : new Decision.Wait(end);
  }

  /** Returns what the task's deadline makes of it, if that has passed. */
  static Optional<Decision> overdue(RunTally tally, RunRules rules, Facts facts) {
    return deadline(tally, rules)
        .filter(end -> !facts.now().isBefore(end))
        .map(
            end ->
                new Decision.Fail(
                    Failure.DEADLINE_EXCEEDED,
                    "ran for longer than activeDeadlineSeconds: "
                        + rules.activeDeadline().orElseThrow().toSeconds()));
  }

  /** Returns when the present run must be over, if it has begun and there is a limit. */
  static Optional<Instant> deadline(RunTally tally, RunRules rules) {
    return tally.startedAt().flatMap(start -> rules.activeDeadline().map(start::plus));
  }

  /** Returns what follows from a task's own failure. */
  static RetryDecision retry(int earlierFailures, Instant failedAt, RunRules rules, Facts facts) {
    return rules
        .retry()
        .decide(new RetryState(earlierFailures), failedAt, new SplittableRandom(facts.salt()));
  }
}
