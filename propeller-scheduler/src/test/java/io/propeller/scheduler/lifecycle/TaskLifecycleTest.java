package io.propeller.scheduler.lifecycle;

import static io.propeller.scheduler.lifecycle.TaskLifecycle.decide;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.propeller.scheduler.cron.CronSchedule;
import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.lifecycle.Decision.Obstacle;
import io.propeller.scheduler.lifecycle.Facts.Answer;
import io.propeller.scheduler.lifecycle.Recurrence.Overlap;
import io.propeller.scheduler.lifecycle.RunRules.OnDisconnect;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.retry.Backoff;
import io.propeller.scheduler.retry.RetryPolicy;
import io.propeller.scheduler.workflow.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskLifecycleTest {

  private static final WorkerId WORKER = WorkerId.of("edge-1");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MUCH_LATER = START.plusSeconds(3_600);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RunRules RULES = RunRules.builder().build();
  private static final RunRules SUSPENDED = RunRules.builder().suspended(true).build();
  private static final TaskRun NEW =
      new TaskRun.Waiting(RunTally.NONE, Optional.empty(), Optional.empty());

  @Test
  void a_task_that_waits_asks_for_a_place() {
    assertThat(decide(NEW, RULES, at(START))).isEqualTo(new Decision.Place(Optional.empty()));
  }

  @Test
  void a_task_with_a_place_is_dispatched_as_its_next_attempt() {
    Facts placed = Facts.builder().now(START).place(WORKER).build();

    assertThat(decide(waiting(tally(2, 0, 0)), RULES, placed))
        .isEqualTo(new Decision.Dispatch(WORKER, 3, Optional.empty()));
  }

  @Test
  void an_answer_is_the_outcome() {
    assertThat(decide(dispatched(), RULES, answered())).isEqualTo(new Decision.Complete());
    assertThat(decide(dispatched(), RULES, failed("unreachable")))
        .isEqualTo(new Decision.Fail(Failure.TASK_ERROR, "unreachable"));
  }

  @Test
  void an_answer_counts_though_its_worker_has_gone_and_the_deadline_has_passed() {
    Facts late =
        Facts.builder()
            .now(MUCH_LATER)
            .answer(new Answer(Optional.empty()))
            .health(new WorkerHealth.Away(START))
            .build();
    RunRules strict =
        RunRules.builder()
            .onDisconnect(OnDisconnect.FAIL)
            .activeDeadline(MINUTE)
            .suspended(true)
            .build();

    assertThat(decide(dispatched(), strict, late)).isEqualTo(new Decision.Complete());
  }

  @Test
  void an_answer_to_an_attempt_that_was_given_up_saves_the_next_one() {
    assertThat(decide(waiting(tally(1, 0, 1)), RULES, answered()))
        .isEqualTo(new Decision.Complete());
  }

  @Test
  void a_task_whose_worker_is_away_is_interrupted_after_the_grace() {
    assertThat(decide(dispatched(), RULES, away(START.plusSeconds(59))))
        .isEqualTo(new Decision.Wait(Optional.of(START.plusSeconds(60))));
    assertThat(decide(dispatched(), RULES, away(START.plusSeconds(60))))
        .isEqualTo(new Decision.Interrupt(Interruption.WORKER_LOST, "proplet edge-1 went offline"));
  }

  @Test
  void a_task_can_ask_to_wait_for_its_worker_or_to_fail() {
    RunRules patient = RunRules.builder().onDisconnect(OnDisconnect.WAIT).build();
    RunRules strict = RunRules.builder().onDisconnect(OnDisconnect.FAIL).build();

    assertThat(decide(dispatched(), patient, away(MUCH_LATER)))
        .isEqualTo(new Decision.Wait(Optional.empty()));
    assertThat(decide(dispatched(), strict, away(MUCH_LATER)))
        .isEqualTo(new Decision.Fail(Failure.WORKER_LOST, "proplet edge-1 went offline"));
  }

  @ParameterizedTest
  @EnumSource(OnDisconnect.class)
  void a_worker_that_was_started_anew_has_lost_the_task_whatever_the_policy(OnDisconnect policy) {
    RunRules rules = RunRules.builder().onDisconnect(policy).build();
    Facts restarted = with(new WorkerHealth.Restarted(START.plusSeconds(1)));

    assertThat(decide(dispatched(), rules, restarted))
        .isEqualTo(
            new Decision.Interrupt(Interruption.WORKER_LOST, "proplet edge-1 was started anew"));
    assertThat(decide(dispatched(), rules, with(new WorkerHealth.Restarted(START.minusSeconds(1)))))
        .isEqualTo(new Decision.Wait(Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(OnDisconnect.class)
  void a_worker_that_lost_what_the_task_calls_has_lost_the_task_whatever_the_policy(
      OnDisconnect policy) {
    RunRules rules = RunRules.builder().onDisconnect(policy).build();

    assertThat(decide(dispatched(), rules, with(new WorkerHealth.Bereft("adder has gone"))))
        .isEqualTo(new Decision.Interrupt(Interruption.WORKER_LOST, "adder has gone"));
  }

  @Test
  void a_task_waits_for_what_it_calls_though_its_place_is_known() {
    RunRules rules = RunRules.builder().activeDeadline(MINUTE).build();
    Facts facts =
        Facts.builder().now(START).place(WORKER).uncallable("adder does not run yet").build();

    assertThat(decide(NEW, rules, facts))
        .isEqualTo(new Decision.Hold(Obstacle.CALLEE, "adder does not run yet", Optional.empty()));
    assertThat(decide(waiting(tally(1, 0, 1)), rules, facts))
        .isEqualTo(
            new Decision.Hold(
                Obstacle.CALLEE, "adder does not run yet", Optional.of(START.plus(MINUTE))));
  }

  @Test
  void a_worker_that_was_deleted_is_not_waited_for() {
    RunRules patient = RunRules.builder().onDisconnect(OnDisconnect.WAIT).build();

    assertThat(decide(dispatched(), patient, with(new WorkerHealth.Removed())))
        .isEqualTo(new Decision.Interrupt(Interruption.WORKER_LOST, "proplet edge-1 was deleted"));
  }

  @Test
  void the_deadline_counts_from_the_first_attempt_of_the_run_whatever_became_of_it() {
    RunRules rules = RunRules.builder().activeDeadline(MINUTE).build();
    TaskRun third = dispatched(tally(3, 1, 1), START.plusSeconds(59));

    assertThat(decide(third, rules, at(START.plusSeconds(59))))
        .isEqualTo(new Decision.Wait(Optional.of(START.plus(MINUTE))));
    for (TaskRun run : new TaskRun[] {third, waiting(tally(3, 1, 1))}) {
      assertThat(decide(run, rules, at(START.plus(MINUTE))))
          .isEqualTo(
              new Decision.Fail(
                  Failure.DEADLINE_EXCEEDED, "ran for longer than activeDeadlineSeconds: 60"));
    }
    assertThat(decide(NEW, rules, at(MUCH_LATER))).isEqualTo(new Decision.Place(Optional.empty()));
  }

  @Test
  void of_all_that_can_end_a_wait_the_earliest_does() {
    RunRules rules = RunRules.builder().activeDeadline(Duration.ofSeconds(10)).build();

    assertThat(decide(dispatched(), rules, away(START)))
        .isEqualTo(new Decision.Wait(Optional.of(START.plusSeconds(10))));
  }

  @Property(tries = 50)
  void a_task_that_lost_its_worker_waits_and_with_the_third_it_fails(
      @ForAll @IntRange(min = 1, max = 9) int lost) {
    RunTally tally = tally(lost, 0, lost);
    assertThat(decide(new TaskRun.Interrupted(tally, Interruption.WORKER_LOST), RULES, at(START)))
        .isEqualTo(new Decision.Requeue(false));

    Decision decision = decide(waiting(tally), RULES, at(START));
    if (lost < 3) {
      assertThat(decision).isEqualTo(new Decision.Place(Optional.empty()));
    } else {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Fail.class,
              fail -> assertThat(fail.kind()).isEqualTo(Failure.TOO_MANY_WORKERS_LOST));
    }
  }

  @Property(tries = 200)
  void a_task_that_always_fails_makes_one_attempt_more_than_its_limit(
      @ForAll @IntRange(max = 12) int limit, @ForAll long salt) {
    RunRules rules = RunRules.builder().retry(retry(limit)).build();
    int failures = 0;
    Decision decision;
    do {
      Facts facts =
          Facts.builder()
              .now(START)
              .answer(new Answer(Optional.of("trap")))
              .salt(salt + failures)
              .build();
      decision = decide(dispatched(tally(failures + 1, failures, 0), START), rules, facts);
      failures++;
    } while (decision.equals(new Decision.Retry("trap")));

    assertThat(decision).isEqualTo(new Decision.Fail(Failure.TASK_ERROR, "trap"));
    assertThat(failures).isEqualTo(limit + 1);
  }

  @Test
  void a_task_that_failed_is_placed_again_after_the_pause_of_its_policy() {
    RunRules rules = RunRules.builder().retry(retry(3)).build();
    TaskRun failed = new TaskRun.Waiting(tally(1, 1, 0), Optional.of(START), Optional.empty());

    assertThat(decide(new TaskRun.Failed(tally(1, 1, 0)), rules, at(START)))
        .isEqualTo(new Decision.Requeue(false));
    assertThat(decide(failed, rules, at(START)))
        .isInstanceOfSatisfying(
            Decision.Hold.class,
            hold -> {
              assertThat(hold.obstacle()).isEqualTo(Obstacle.BACKOFF);
              assertThat(decide(failed, rules, at(hold.until().orElseThrow())))
                  .isEqualTo(new Decision.Place(Optional.empty()));
            });
  }

  @Test
  void what_no_worker_can_read_fails_the_task_and_is_not_tried_again() {
    RunRules rules = RunRules.builder().retry(retry(3)).build();
    Facts unsendable = Facts.builder().now(START).unsendable("too long").build();

    assertThat(decide(dispatched(), rules, unsendable))
        .isEqualTo(new Decision.Fail(Failure.UNSENDABLE, "too long"));
  }

  @Test
  void a_task_that_is_held_back_is_stopped_and_begins_anew_when_it_is_let_go() {
    assertThat(decide(NEW, SUSPENDED, at(START)))
        .isInstanceOfSatisfying(
            Decision.Hold.class, hold -> assertThat(hold.obstacle()).isEqualTo(Obstacle.SUSPENDED));
    assertThat(decide(dispatched(), SUSPENDED, at(START)))
        .isInstanceOfSatisfying(
            Decision.Interrupt.class,
            interrupt -> assertThat(interrupt.cause()).isEqualTo(Interruption.SUSPENDED));

    TaskRun stopped = new TaskRun.Interrupted(tally(1, 0, 0), Interruption.SUSPENDED);
    assertThat(decide(stopped, SUSPENDED, at(START)))
        .isEqualTo(new Decision.Wait(Optional.empty()));
    assertThat(decide(stopped, RULES, at(START))).isEqualTo(new Decision.Requeue(true));
  }

  @Test
  void an_answer_that_was_too_fast_for_the_stop_counts() {
    TaskRun stopped = new TaskRun.Interrupted(tally(1, 0, 0), Interruption.SUSPENDED);

    assertThat(decide(stopped, SUSPENDED, answered())).isEqualTo(new Decision.Requeue(false));
    assertThat(decide(waiting(tally(1, 0, 0)), SUSPENDED, answered()))
        .isEqualTo(new Decision.Complete());
  }

  @Test
  void a_recurring_task_is_planned_and_waits_for_its_time() {
    RunRules rules = hourly(Overlap.FORBID);
    Instant due = START.plusSeconds(3_600);

    assertThat(decide(NEW, rules, at(START))).isEqualTo(new Decision.Plan(due));
    assertThat(decide(planned(due), rules, at(START)))
        .isEqualTo(new Decision.Hold(Obstacle.NOT_DUE, "waits for its next run", Optional.of(due)));
    assertThat(decide(planned(due), rules, at(due)))
        .isEqualTo(new Decision.Place(Optional.empty()));
    assertThat(decide(planned(due), rules, Facts.builder().now(due).place(WORKER).build()))
        .isEqualTo(new Decision.Dispatch(WORKER, 1, Optional.of(due.plusSeconds(3_600))));
  }

  @Test
  void however_many_runs_were_missed_one_is_made_up_for() {
    Facts late = Facts.builder().now(START.plusSeconds(36_000)).place(WORKER).build();

    assertThat(decide(planned(START), hourly(Overlap.FORBID), late))
        .isEqualTo(new Decision.Dispatch(WORKER, 1, Optional.of(START.plusSeconds(39_600))));
  }

  @Test
  void a_run_that_is_due_while_the_last_one_runs_is_left_out_or_replaces_it_or_goes_beside_it() {
    Instant due = START.plusSeconds(3_600);
    TaskRun running = new TaskRun.Dispatched(tally(1, 0, 0), WORKER, START, Optional.of(due));

    assertThat(decide(running, hourly(Overlap.FORBID), at(due)))
        .isEqualTo(new Decision.Plan(due.plusSeconds(3_600)));
    assertThat(decide(running, hourly(Overlap.REPLACE), at(due)))
        .isEqualTo(new Decision.Interrupt(Interruption.REPLACED, "the next run is due"));
    assertThat(decide(running, hourly(Overlap.ALLOW), at(due.plusSeconds(36_000))))
        .isEqualTo(new Decision.RunBeside(due, Optional.of(due.plusSeconds(39_600))));
    assertThat(
            decide(
                new TaskRun.Interrupted(tally(1, 0, 0), Interruption.REPLACED),
                hourly(Overlap.REPLACE),
                at(due)))
        .isEqualTo(new Decision.Requeue(true));
  }

  @Test
  void a_recurring_task_that_is_over_begins_anew_when_it_is_due() {
    Instant due = START.plusSeconds(3_600);
    TaskRun over = new TaskRun.Finished(tally(1, 0, 0), START, Optional.of(due));

    assertThat(decide(over, hourly(Overlap.FORBID), at(START)))
        .isEqualTo(new Decision.Wait(Optional.of(due)));
    assertThat(decide(over, hourly(Overlap.FORBID), at(due))).isEqualTo(new Decision.Requeue(true));
  }

  @Test
  void a_task_waits_for_what_it_depends_on_and_names_what_is_not_there() {
    assertThat(decide(NEW, RULES, with(waitsFor("a", "b"))))
        .isEqualTo(
            new Decision.Hold(
                Obstacle.DEPENDENCIES,
                "waits for the tasks of spec.dependsOn; there is no b yet",
                Optional.empty()));
    assertThat(decide(NEW, RULES, with(new StepState.ToSkip()))).isInstanceOf(Decision.Skip.class);
    assertThat(decide(NEW, RULES, with(new StepState.OnCycle(ImmutableList.of("a", "b", "a")))))
        .isEqualTo(new Decision.Fail(Failure.DEPENDENCY_CYCLE, "a depends on itself: a -> b -> a"));
  }

  @Test
  void a_run_that_has_begun_asks_no_more_for_what_it_depends_on() {
    assertThat(decide(waiting(tally(1, 0, 1)), RULES, with(waitsFor("a", "b"))))
        .isEqualTo(new Decision.Place(Optional.empty()));
  }

  @Test
  void a_task_that_has_its_outcome_keeps_it_for_its_time_to_live() {
    TaskRun over = new TaskRun.Finished(tally(1, 0, 0), START, Optional.empty());
    RunRules mortal = RunRules.builder().timeToLive(MINUTE).build();

    assertThat(decide(over, RULES, failed("late"))).isEqualTo(new Decision.Wait(Optional.empty()));
    assertThat(decide(over, mortal, at(START)))
        .isEqualTo(new Decision.Wait(Optional.of(START.plus(MINUTE))));
    assertThat(decide(over, mortal, at(START.plus(MINUTE)))).isEqualTo(new Decision.Expire());
  }

  private static TaskRun waiting(RunTally tally) {
    return new TaskRun.Waiting(tally, Optional.empty(), Optional.empty());
  }

  private static TaskRun planned(Instant due) {
    return new TaskRun.Waiting(RunTally.NONE, Optional.empty(), Optional.of(due));
  }

  private static TaskRun dispatched() {
    return dispatched(tally(1, 0, 0), START);
  }

  private static TaskRun dispatched(RunTally tally, Instant sentAt) {
    return new TaskRun.Dispatched(tally, WORKER, sentAt, Optional.empty());
  }

  private static RunTally tally(int attempts, int failures, int lost) {
    return new RunTally(attempts, failures, lost, Optional.of(START));
  }

  private static RunRules hourly(Overlap overlap) {
    return RunRules.builder()
        .recurrence(new Recurrence(CronSchedule.parse("0 * * * *", "UTC"), overlap))
        .build();
  }

  private static RetryPolicy retry(int limit) {
    return RetryPolicy.builder().limit(limit).backoff(Backoff.EXPONENTIAL).build();
  }

  private static Facts at(Instant now) {
    return Facts.builder().now(now).build();
  }

  private static Facts answered() {
    return Facts.builder().now(START).answer(new Answer(Optional.empty())).build();
  }

  private static Facts failed(String error) {
    return Facts.builder().now(START).answer(new Answer(Optional.of(error))).build();
  }

  private static Facts away(Instant now) {
    return Facts.builder().now(now).health(new WorkerHealth.Away(START)).build();
  }

  private static StepState waitsFor(String open, String missing) {
    return new StepState.Waits(ImmutableSortedSet.of(open), ImmutableSortedSet.of(missing));
  }

  private static Facts with(StepState dependencies) {
    return Facts.builder().now(START).dependencies(dependencies).build();
  }

  private static Facts with(WorkerHealth health) {
    return Facts.builder().now(MUCH_LATER).health(health).build();
  }
}
