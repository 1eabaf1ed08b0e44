package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.TaskId;
import org.junit.jupiter.api.Test;

/** Tasks that their owner holds back. */
class SuspendIT extends OperatorRig {

  @Test
  void a_suspended_task_is_not_placed_until_it_is_resumed() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("held", spec -> spec.withSuspend(true));
      create("free", spec -> {});
      edge.answer(edge.nextStart().id(), "1");
      await("free", TaskPhase.COMPLETED);

      Task held =
          await("held", task -> condition(task, "Scheduled").getReason().equals("Suspended"));
      assertThat(held.phase()).isEqualTo(TaskPhase.PENDING);
      assertThat(edge.hasNoStart()).isTrue();

      change("held", spec -> spec.withSuspend(false));
      edge.answer(edge.nextStart().id(), "42");
      await("held", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_task_that_is_suspended_while_it_runs_is_stopped_and_resumed_as_another_attempt() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("paused", spec -> {});
      TaskId first = edge.nextStart().id();

      change("paused", spec -> spec.withSuspend(true));
      assertThat(edge.nextStop().id()).isEqualTo(first);
      await("paused", TaskPhase.INTERRUPTED);
      edge.fail(first, "Task was cancelled or panicked");

      change("paused", spec -> spec.withSuspend(false));
      TaskId second = edge.nextStart().id();
      assertThat(second.value()).isEqualTo(first.value() + "-2");
      edge.answer(second, "42");

      Task done = await("paused", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getLostProplets()).isZero();
      assertThat(done.getStatus().getFailedAttempts()).isZero();
    }
  }

  @Test
  void a_result_that_comes_in_spite_of_the_stop_is_the_tasks() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("quick", spec -> {});
      TaskId attempt = edge.nextStart().id();
      change("quick", spec -> spec.withSuspend(true));
      edge.nextStop();
      await("quick", TaskPhase.INTERRUPTED);

      edge.answer(attempt, "42");

      await("quick", TaskPhase.COMPLETED);
    }
  }
}
