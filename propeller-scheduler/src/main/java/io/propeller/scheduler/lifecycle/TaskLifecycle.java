package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.TaskRun.Dispatched;
import io.propeller.scheduler.lifecycle.TaskRun.Finished;
import io.propeller.scheduler.lifecycle.TaskRun.Interrupted;
import io.propeller.scheduler.lifecycle.TaskRun.Waiting;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what to do next with a task, as a function of what is recorded and what is known.
 *
 * <p>Equal input gives an equal decision, whatever woke the caller; a decision that was carried out
 * leads to a record from which the next follows, so that anyone can go on at any point.
 */
public final class TaskLifecycle {

  /** How many workers a run may lose before the task fails: the task may be what kills them. */
  public static final int MAX_LOST_WORKERS = 3;

  private TaskLifecycle() {}

  /**
   * What is known beside the record.
   *
   * @param place the worker that the task may run on, if a place was found
   * @param answer what a worker answered to an attempt of the present run, if one did
   * @param health what is known of the worker that the present attempt was given to
   * @param now the present time
   */
  public record Facts(
      Optional<WorkerId> place, Optional<Answer> answer, WorkerHealth health, Instant now) {}

  /**
   * What a worker answered.
   *
   * @param error what went wrong; empty when nothing did
   */
  public record Answer(Optional<String> error) {}

  /** Decides what to do next. */
  public static Decision decide(TaskRun run, RunRules rules, Facts facts) {
    if (run instanceof Waiting waiting) {
      return facts.answer().map(TaskLifecycle::outcome).orElseGet(() -> place(waiting, facts));
    }
    if (run instanceof Dispatched dispatched) {
      return facts
          .answer()
          .map(TaskLifecycle::outcome)
          .orElseGet(() -> unanswered(dispatched, rules, facts));
    }
    if (run instanceof Interrupted) {
      return new Decision.Requeue();
    }
    Finished unused = (Finished) run;
    return new Decision.Wait(Optional.empty());
  }

  private static Decision place(Waiting waiting, Facts facts) {
    if (waiting.lostWorkers() >= MAX_LOST_WORKERS) {
      return new Decision.Fail(
          Failure.TOO_MANY_WORKERS_LOST,
          "lost " + waiting.lostWorkers() + " proplets, the last one while it ran");
    }
    return facts
        .place()
        .<Decision>map(worker -> new Decision.Dispatch(worker, waiting.attempts() + 1))
        .orElseGet(Decision.Place::new);
  }

  private static Decision outcome(Answer answer) {
    return answer
        .error()
        .<Decision>map(error -> new Decision.Fail(Failure.TASK_ERROR, error))
        .orElseGet(Decision.Complete::new);
  }

  private static Decision unanswered(Dispatched run, RunRules rules, Facts facts) {
    Optional<Instant> deadline = rules.activeDeadline().map(run.startedAt()::plus);
    if (deadline.isPresent() && !facts.now().isBefore(deadline.get())) {
      return new Decision.Fail(
          Failure.DEADLINE_EXCEEDED,
          "ran for longer than activeDeadlineSeconds: "
              + rules.activeDeadline().map(Duration::toSeconds).orElseThrow());
    }
    Decision onHealth = judge(run, rules, facts);
    return onHealth instanceof Decision.Wait wait
        ? new Decision.Wait(earlier(wait.until(), deadline))
        : onHealth;
  }

  private static Decision judge(Dispatched run, RunRules rules, Facts facts) {
    WorkerHealth health = facts.health();
    if (health instanceof WorkerHealth.Restarted restarted
        && run.startedAt().isBefore(restarted.at())) {
      return new Decision.Interrupt("proplet " + run.worker() + " was started anew");
    }
    if (health instanceof WorkerHealth.Removed) {
      return lost(rules, "proplet " + run.worker() + " was deleted");
    }
    if (health instanceof WorkerHealth.Away away) {
      if (rules.onDisconnect() == RunRules.OnDisconnect.WAIT) {
        return new Decision.Wait(Optional.empty());
      }
      Instant end = away.since().plus(rules.disconnectGrace());
      return facts.now().isBefore(end)
          ? new Decision.Wait(Optional.of(end))
          : lost(rules, "proplet " + run.worker() + " went offline");
    }
    return new Decision.Wait(Optional.empty());
  }

  private static Decision lost(RunRules rules, String reason) {
    return rules.onDisconnect() == RunRules.OnDisconnect.FAIL
        ? new Decision.Fail(Failure.WORKER_LOST, reason)
        : new Decision.Interrupt(reason);
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    if (a.isPresent() && b.isPresent()) {
      return a.get().isBefore(b.get()) ? a : b;
    }
    return a.or(() -> b);
  }
}
