package io.propeller.scheduler.lifecycle;

import static io.propeller.scheduler.lifecycle.TaskLifecycle.decide;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.RunRules.OnDisconnect;
import io.propeller.scheduler.lifecycle.TaskLifecycle.Answer;
import io.propeller.scheduler.lifecycle.TaskLifecycle.Facts;
import io.propeller.scheduler.model.WorkerId;
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
  private static final RunRules RULES = rules(OnDisconnect.RESCHEDULE, Optional.empty());

  @Test
  void a_task_that_waits_asks_for_a_place() {
    assertThat(decide(new TaskRun.Waiting(0, 0), RULES, facts(START)))
        .isEqualTo(new Decision.Place());
  }

  @Test
  void a_task_with_a_place_is_dispatched_as_its_next_attempt() {
    Facts placed =
        new Facts(Optional.of(WORKER), Optional.empty(), new WorkerHealth.Present(), START);

    assertThat(decide(new TaskRun.Waiting(2, 0), RULES, placed))
        .isEqualTo(new Decision.Dispatch(WORKER, 3));
  }

  @Test
  void an_answer_is_the_outcome() {
    assertThat(decide(dispatched(0), RULES, answered(Optional.empty())))
        .isEqualTo(new Decision.Complete());
    assertThat(decide(dispatched(0), RULES, answered(Optional.of("unreachable"))))
        .isEqualTo(new Decision.Fail(Failure.TASK_ERROR, "unreachable"));
  }

  @Test
  void an_answer_counts_though_its_worker_has_gone_and_the_deadline_has_passed() {
    Facts late =
        new Facts(
            Optional.empty(),
            Optional.of(new Answer(Optional.empty())),
            new WorkerHealth.Away(START),
            START.plusSeconds(3_600));

    assertThat(decide(dispatched(0), rules(OnDisconnect.FAIL, Optional.of(SECOND)), late))
        .isEqualTo(new Decision.Complete());
  }

  @Test
  void an_answer_to_an_attempt_that_was_given_up_saves_the_next_one() {
    assertThat(decide(new TaskRun.Waiting(1, 1), RULES, answered(Optional.empty())))
        .isEqualTo(new Decision.Complete());
  }

  @Test
  void a_task_whose_worker_is_away_is_interrupted_after_the_grace() {
    assertThat(decide(dispatched(0), RULES, away(START.plusSeconds(59))))
        .isEqualTo(new Decision.Wait(Optional.of(START.plusSeconds(60))));
    assertThat(decide(dispatched(0), RULES, away(START.plusSeconds(60))))
        .isEqualTo(new Decision.Interrupt("proplet edge-1 went offline"));
  }

  @Test
  void a_task_can_ask_to_wait_for_its_worker_or_to_fail() {
    Instant late = START.plusSeconds(3_600);

    assertThat(decide(dispatched(0), rules(OnDisconnect.WAIT, Optional.empty()), away(late)))
        .isEqualTo(new Decision.Wait(Optional.empty()));
    assertThat(decide(dispatched(0), rules(OnDisconnect.FAIL, Optional.empty()), away(late)))
        .isEqualTo(new Decision.Fail(Failure.WORKER_LOST, "proplet edge-1 went offline"));
  }

  @ParameterizedTest
  @EnumSource(OnDisconnect.class)
  void a_worker_that_started_anew_has_lost_what_it_was_given_before(OnDisconnect onDisconnect) {
    RunRules rules = rules(onDisconnect, Optional.empty());

    assertThat(decide(dispatched(0), rules, restarted(START.plusMillis(1))))
        .isEqualTo(new Decision.Interrupt("proplet edge-1 was started anew"));
    assertThat(decide(dispatched(0), rules, restarted(START.minusMillis(1))))
        .isEqualTo(new Decision.Wait(Optional.empty()));
  }

  @Test
  void a_worker_that_was_removed_is_not_waited_for() {
    Facts removed =
        new Facts(Optional.empty(), Optional.empty(), new WorkerHealth.Removed(), START);

    assertThat(decide(dispatched(0), rules(OnDisconnect.WAIT, Optional.empty()), removed))
        .isEqualTo(new Decision.Interrupt("proplet edge-1 was deleted"));
  }

  @Test
  void a_deadline_ends_the_attempt_and_is_what_is_waited_for_until_then() {
    RunRules rules = rules(OnDisconnect.RESCHEDULE, Optional.of(Duration.ofSeconds(10)));

    assertThat(decide(dispatched(0), rules, facts(START)))
        .isEqualTo(new Decision.Wait(Optional.of(START.plusSeconds(10))));
    assertThat(decide(dispatched(0), rules, facts(START.plusSeconds(10))))
        .isInstanceOfSatisfying(
            Decision.Fail.class,
            fail -> assertThat(fail.kind()).isEqualTo(Failure.DEADLINE_EXCEEDED));
  }

  @Test
  void of_deadline_and_grace_the_earlier_is_waited_for() {
    RunRules rules = rules(OnDisconnect.RESCHEDULE, Optional.of(Duration.ofSeconds(10)));

    assertThat(decide(dispatched(0), rules, away(START)))
        .isEqualTo(new Decision.Wait(Optional.of(START.plusSeconds(10))));
  }

  @Property(tries = 50)
  void a_task_that_was_interrupted_waits_and_with_the_third_worker_lost_it_fails(
      @ForAll @IntRange(min = 1, max = 9) int lost) {
    assertThat(decide(new TaskRun.Interrupted(lost, lost), RULES, facts(START)))
        .isEqualTo(new Decision.Requeue());

    Decision decision = decide(new TaskRun.Waiting(lost, lost), RULES, facts(START));
    if (lost < 3) {
      assertThat(decision).isEqualTo(new Decision.Place());
    } else {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Fail.class,
              fail -> assertThat(fail.kind()).isEqualTo(Failure.TOO_MANY_WORKERS_LOST));
    }
  }

  @Test
  void a_task_that_has_its_outcome_keeps_it() {
    assertThat(decide(new TaskRun.Finished(1, 0), RULES, answered(Optional.of("late"))))
        .isEqualTo(new Decision.Wait(Optional.empty()));
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static TaskRun dispatched(int lost) {
    return new TaskRun.Dispatched(1, lost, WORKER, START);
  }

  private static RunRules rules(OnDisconnect onDisconnect, Optional<Duration> deadline) {
    return new RunRules(onDisconnect, Duration.ofSeconds(60), deadline);
  }

  private static Facts facts(Instant now) {
    return new Facts(Optional.empty(), Optional.empty(), new WorkerHealth.Present(), now);
  }

  private static Facts answered(Optional<String> error) {
    return new Facts(
        Optional.empty(), Optional.of(new Answer(error)), new WorkerHealth.Present(), START);
  }

  private static Facts away(Instant now) {
    return new Facts(Optional.empty(), Optional.empty(), new WorkerHealth.Away(START), now);
  }

  private static Facts restarted(Instant at) {
    return new Facts(
        Optional.empty(),
        Optional.empty(),
        new WorkerHealth.Restarted(at),
        START.plusSeconds(3_600));
  }
}
