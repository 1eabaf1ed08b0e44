package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.ConcurrencyPolicy;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Start;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tasks that run again and again, on a clock that the test moves. */
class RecurringTaskIT extends OperatorRig {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void a_recurring_task_runs_at_each_time_of_its_schedule_and_its_attempts_count_on() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      everyMinute("tick", ConcurrencyPolicy.FORBID);
      Task planned = await("tick", task -> nextRun(task) != null);
      assertThat(planned.phase()).isEqualTo(TaskPhase.PENDING);
      assertThat(condition(planned, "Scheduled").getReason()).isEqualTo("NotDue");
      assertThat(nextRun(planned)).isAfter(clock.instant());
      assertThat(Duration.between(clock.instant(), nextRun(planned))).isLessThanOrEqualTo(MINUTE);

      moveTo(nextRun(planned));
      Start first = edge.nextStart();
      edge.answer(first.id(), "1");
      Task once = await("tick", TaskPhase.COMPLETED);
      assertThat(once.getStatus().getRuns()).isEqualTo(1);
      assertThat(nextRun(once)).isEqualTo(nextRun(planned).plus(MINUTE));

      moveTo(nextRun(once));
      Start second = edge.nextStart();
      edge.answer(second.id(), "2");
      Task twice = await("tick", task -> task.getStatus().getRuns() == 2);
      assertThat(second.id().value()).isEqualTo(first.id().value() + "-2");
      assertThat(twice.getStatus().getResults().textValue()).isEqualTo("2");
    }
  }

  @Test
  void runs_that_were_missed_while_no_operator_was_there_are_made_up_for_once() throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      everyMinute("tick", ConcurrencyPolicy.FORBID);
      Task planned = await("tick", task -> nextRun(task) != null);

      operator.close();
      clock.moveTo(nextRun(planned).plus(Duration.ofHours(5)));
      operator = startOperator();
      edge.aliveUntil(() -> !edge.hasNoStart());
      edge.answer(edge.nextStart().id(), "1");

      Task once = await("tick", TaskPhase.COMPLETED);
      assertThat(nextRun(once)).isAfter(clock.instant());
      assertThat(edge.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_run_that_is_due_while_the_last_one_runs_is_left_out() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      everyMinute("tick", ConcurrencyPolicy.FORBID);
      moveTo(nextRun(await("tick", task -> nextRun(task) != null)));
      Start first = edge.nextStart();
      Instant second = nextRun(await("tick", TaskPhase.RUNNING));

      moveTo(second);
      await("tick", task -> nextRun(task).equals(second.plus(MINUTE)));
      edge.answer(first.id(), "1");

      Task done = await("tick", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getAttempts()).isEqualTo(1);
      assertThat(edge.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_run_that_is_due_while_the_last_one_runs_can_replace_it() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      everyMinute("tick", ConcurrencyPolicy.REPLACE);
      moveTo(nextRun(await("tick", task -> nextRun(task) != null)));
      Start first = edge.nextStart();
      Instant second = nextRun(await("tick", TaskPhase.RUNNING));

      moveTo(second);
      assertThat(edge.nextStop().id()).isEqualTo(first.id());
      Start next = edge.nextStart();
      edge.answer(first.id(), "old");
      edge.answer(next.id(), "new");

      Task done = await("tick", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults().textValue()).isEqualTo("new");
    }
  }

  @Test
  void a_run_that_is_due_while_the_last_one_runs_can_go_on_beside_it() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      everyMinute("tick", ConcurrencyPolicy.ALLOW);
      moveTo(nextRun(await("tick", task -> nextRun(task) != null)));
      Start first = edge.nextStart();
      Instant second = nextRun(await("tick", TaskPhase.RUNNING));

      moveTo(second);
      Start beside = edge.nextStart();
      Task running = await("tick", task -> nextRun(task).equals(second.plus(MINUTE)));
      assertThat(running.phase()).isEqualTo(TaskPhase.RUNNING);
      edge.answer(beside.id(), "2");
      edge.answer(first.id(), "1");

      Task own = await("tick-" + second.getEpochSecond() / 60, TaskPhase.COMPLETED);
      assertThat(own.getStatus().getResults().textValue()).isEqualTo("2");
      assertThat(own.getMetadata().getOwnerReferences().get(0).getUid())
          .isEqualTo(running.getMetadata().getUid());
      Task done = await("tick", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults().textValue()).isEqualTo("1");
      assertThat(done.getStatus().getAttempts()).isEqualTo(1);
    }
  }

  @Test
  void a_bad_schedule_or_zone_fails_the_task_and_says_so() {
    create("bad", spec -> spec.withRecurring(true).withSchedule("61 * * * *"));
    create(
        "nowhere",
        spec -> spec.withRecurring(true).withSchedule("0 8 * * *").withTimezone("Mars/Olympus"));

    Task bad = await("bad", TaskPhase.FAILED);
    assertThat(condition(bad, "Completed").getReason()).isEqualTo("InvalidSpec");
    assertThat(condition(bad, "Completed").getMessage())
        .startsWith("spec.schedule \"61 * * * *\" is not a cron expression");
    assertThat(condition(await("nowhere", TaskPhase.FAILED), "Completed").getMessage())
        .isEqualTo("spec.timezone \"Mars/Olympus\" is not an IANA time zone");
  }

  @Test
  void a_schedule_is_read_by_the_clocks_of_its_zone() {
    create(
        "morning",
        spec -> spec.withRecurring(true).withSchedule("0 8 * * *").withTimezone("Asia/Tokyo"));

    Task planned = await("morning", task -> nextRun(task) != null);

    assertThat(nextRun(planned).toString()).endsWith("T23:00:00Z");
  }

  private void everyMinute(String name, ConcurrencyPolicy policy) {
    create(
        name,
        spec -> spec.withRecurring(true).withSchedule("* * * * *").withConcurrencyPolicy(policy));
  }

  private static Instant nextRun(Task task) {
    return task.getStatus() == null ? null : task.getStatus().getNextRun();
  }

  private void moveTo(Instant time) {
    clock.moveTo(time);
    // The timer that waits for the time goes by the machine's clock: any change of the resource is
    // as good.
    client.resources(Task.class).list().getItems().forEach(this::touch);
  }

  private void touch(Task task) {
    change(
        task.getMetadata().getName(),
        spec -> spec.withTtlSecondsAfterFinished((int) (clock.millis() % 1_000_000)));
  }
}
