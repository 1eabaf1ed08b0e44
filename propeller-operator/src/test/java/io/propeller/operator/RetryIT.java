package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.Backoff;
import io.propeller.api.v1.DisconnectPolicy;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes of tasks that fail, take too long, or are over. */
class RetryIT extends OperatorRig {

  @Test
  void a_task_that_failed_is_tried_again_as_an_attempt_of_its_own_until_the_limit() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create(
          "flaky",
          spec ->
              spec.withNewRetryPolicy()
                  .withLimit(2)
                  .withBackoff(Backoff.CONSTANT)
                  .withInterval("1ms")
                  .endRetryPolicy());

      TaskId first = edge.nextStart().id();
      edge.fail(first, "trap 1");
      TaskId second = edge.nextStart().id();
      edge.fail(second, "trap 2");
      edge.fail(first, "trap 1");
      TaskId third = edge.nextStart().id();
      edge.fail(third, "trap 3");

      Task failed = await("flaky", task -> isOver(task, TaskPhase.FAILED));
      assertThat(second.value()).isEqualTo(first.value() + "-2");
      assertThat(third.value()).isEqualTo(first.value() + "-3");
      assertThat(failed.getStatus().getFailedAttempts()).isEqualTo(3);
      assertThat(failed.getStatus().getError()).isEqualTo("trap 3");
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("TaskError");
    }
  }

  @Test
  void a_retry_waits_for_its_backoff_and_its_success_is_the_tasks() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create(
          "flaky",
          spec ->
              spec.withNewRetryPolicy()
                  .withLimit(1)
                  .withBackoff(Backoff.CONSTANT)
                  .withInterval("1s")
                  .endRetryPolicy());
      edge.fail(edge.nextStart().id(), "trap");

      Task waiting =
          await("flaky", task -> condition(task, "Scheduled").getReason().equals("Backoff"));
      assertThat(waiting.phase()).isEqualTo(TaskPhase.PENDING);
      edge.answer(edge.nextStart().id(), "42");

      Task done = await("flaky", TaskPhase.COMPLETED);
      Instant failedAt = waiting.getStatus().getUpdatedAt();
      Instant sentAt = done.getStatus().getRunAttempts().get(0).getScheduledAt();
      assertThat(Duration.between(failedAt, sentAt)).isBetween(millis(900), millis(5_000));
      assertThat(done.getStatus().getError()).isNull();
      assertThat(done.getStatus().getRuns()).isEqualTo(1);
    }
  }

  @Test
  void the_deadline_counts_from_the_first_attempt_of_the_run_and_ends_its_retries() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create(
          "slow",
          spec ->
              spec.withActiveDeadlineSeconds(1L)
                  .withNewRetryPolicy()
                  .withLimit(9)
                  .withBackoff(Backoff.CONSTANT)
                  .withInterval("1h")
                  .withMaxInterval("1h")
                  .endRetryPolicy());
      edge.fail(edge.nextStart().id(), "trap");

      Task failed = await("slow", task -> isOver(task, TaskPhase.FAILED));
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("DeadlineExceeded");
      assertThat(failed.getStatus().getAttempts()).isEqualTo(1);
    }
  }

  @Test
  void a_lost_proplet_uses_up_no_retry() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("unlucky", spec -> spec.withNewRetryPolicy().withLimit(0).endRetryPolicy());
      edge.nextStart();
      edge.discover();
      edge.answer(edge.nextStart().id(), "42");

      Task done = await("unlucky", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getFailedAttempts()).isZero();
      assertThat(done.getStatus().getLostProplets()).isEqualTo(1);
    }
  }

  @Test
  void a_stopped_attempt_that_says_so_late_does_not_fail_the_task() {
    try (ScriptedProplet first = proplet("edge-1")) {
      create("moves", spec -> spec.withDisconnectGraceSeconds(0));
      TaskId attempt = first.nextStart().id();
      try (ScriptedProplet second = proplet("edge-2")) {
        first.leave();
        TaskId again = second.nextStart().id();

        first.fail(attempt, "Task was cancelled or panicked");
        second.answer(again, "42");

        assertThat(await("moves", task -> task.getStatus().getFinishedAt() != null).phase())
            .isEqualTo(TaskPhase.COMPLETED);
      }
    }
  }

  @Test
  void a_proplet_that_comes_back_is_told_to_stop_what_was_given_up() {
    try (ScriptedProplet first = proplet("edge-1")) {
      create("moves", spec -> spec.withDisconnectGraceSeconds(0));
      TaskId attempt = first.nextStart().id();
      try (ScriptedProplet second = proplet("edge-2")) {
        first.leave();
        second.nextStart();
        assertThat(first.nextStop().id()).as("in case it hears").isEqualTo(attempt);

        first.aliveUntil(() -> isRunning("edge-1"));

        assertThat(first.nextStop().id()).isEqualTo(attempt);
      }
    }
  }

  @Test
  void a_proplet_that_comes_back_hours_later_is_told_so_by_another_operator_too() throws Exception {
    try (ScriptedProplet first = proplet("edge-1")) {
      create("moves", spec -> spec.withDisconnectGraceSeconds(0));
      TaskId attempt = first.nextStart().id();
      try (ScriptedProplet second = proplet("edge-2")) {
        first.leave();
        second.nextStart();
        assertThat(first.nextStop().id()).as("in case it hears").isEqualTo(attempt);
        Task moved = await("moves", task -> task.getStatus().getAttempts() == 2);
        operator.close();
        moved
            .getStatus()
            .getRunAttempts()
            .get(0)
            .setEndedAt(clock.instant().minus(Duration.ofHours(3)));
        client.resource(moved).updateStatus();

        operator = startOperator();
        first.aliveUntil(() -> !first.hasNoStop());

        assertThat(first.nextStop().id()).isEqualTo(attempt);
      }
    }
  }

  @Test
  void an_attempt_that_was_given_up_by_an_operator_that_died_then_is_stopped_by_the_next()
      throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("moves", spec -> {});
      TaskId attempt = edge.nextStart().id();
      Task running = await("moves", TaskPhase.RUNNING);
      operator.close();
      running.getStatus().setPhase(TaskPhase.INTERRUPTED);
      running.getStatus().setUpdatedAt(clock.instant());
      running.getStatus().getRunAttempts().get(0).setEndedAt(clock.instant());
      running.getStatus().getRunAttempts().get(0).setReason("PropletLost");
      client.resource(running).updateStatus();

      operator = startOperator();

      assertThat(edge.nextStop().id()).isEqualTo(attempt);
      edge.aliveUntil(() -> !edge.hasNoStart());
      edge.answer(edge.nextStart().id(), "42");
      await("moves", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_task_that_asks_to_fails_when_its_proplet_goes() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create(
          "pinned",
          spec -> spec.withDisconnectPolicy(DisconnectPolicy.FAIL).withDisconnectGraceSeconds(0));
      edge.nextStart();
      edge.leave();

      Task failed = await("pinned", TaskPhase.FAILED);
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("PropletLost");
      assertThat(failed.getStatus().getError()).isEqualTo("proplet edge-1 went offline");
    }
  }

  @Test
  void a_task_that_asks_to_waits_for_its_proplet() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create(
          "patient",
          spec -> spec.withDisconnectPolicy(DisconnectPolicy.WAIT).withDisconnectGraceSeconds(0));
      TaskId attempt = edge.nextStart().id();
      edge.leave();
      await(
          client.resources(Proplet.class).withName("edge-1"),
          proplet -> !proplet.getStatus().isAlive());

      edge.aliveUntil(() -> isRunning("edge-1"));
      edge.answer(attempt, "42");

      Task done = await("patient", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getAttempts()).isEqualTo(1);
    }
  }

  @Test
  void a_task_is_deleted_when_it_has_been_over_for_its_time_to_live() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("short", spec -> spec.withTtlSecondsAfterFinished(1));
      create("long", spec -> spec.withTtlSecondsAfterFinished(3_600));
      edge.answer(edge.nextStart().id(), "1");
      edge.answer(edge.nextStart().id(), "2");
      await("long", TaskPhase.COMPLETED);

      awaitGone("short");
      change("long", spec -> spec.withTtlSecondsAfterFinished(0));
      awaitGone("long");
    }
  }

  private static boolean isOver(Task task, TaskPhase phase) {
    return task.phase() == phase && task.getStatus().getFinishedAt() != null;
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
