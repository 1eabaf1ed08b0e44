package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Start;
import org.junit.jupiter.api.Test;

/** Tasks that go on by themselves once they have started. */
class DaemonIT extends OperatorRig {

  @Test
  void the_first_empty_result_of_a_daemon_says_that_it_has_started_and_it_goes_on() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("watcher", spec -> spec.withDaemon(true));
      Start start = edge.nextStart();
      assertThat(start.daemon()).isTrue();
      Task sent = await("watcher", TaskPhase.RUNNING);
      assertThat(condition(sent, "Started").getStatus()).isEqualTo("False");

      edge.answer(start.id(), "");

      Task started = await("watcher", DaemonIT::isStarted);
      assertThat(started.phase()).isEqualTo(TaskPhase.RUNNING);
      client.resources(Task.class).withName("watcher").delete();
      assertThat(edge.nextStop().id()).isEqualTo(start.id());
      awaitGone("watcher");
    }
  }

  @Test
  void a_daemon_that_could_not_start_has_failed() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("watcher", spec -> spec.withDaemon(true));

      edge.fail(edge.nextStart().id(), "no such function");

      Task failed = await("watcher", TaskPhase.FAILED);
      assertThat(failed.getStatus().getError()).isEqualTo("no such function");
    }
  }

  @Test
  void a_daemon_ends_with_its_deadline() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("watcher", spec -> spec.withDaemon(true).withActiveDeadlineSeconds(1L));
      edge.answer(edge.nextStart().id(), "");

      Task failed = await("watcher", TaskPhase.FAILED);
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("DeadlineExceeded");
    }
  }

  @Test
  void a_daemon_whose_proplet_went_is_placed_elsewhere() {
    try (ScriptedProplet first = proplet("edge-1")) {
      create("watcher", spec -> spec.withDaemon(true).withDisconnectGraceSeconds(0));
      first.answer(first.nextStart().id(), "");
      await("watcher", DaemonIT::isStarted);
      try (ScriptedProplet second = proplet("edge-2")) {
        first.leave();

        second.answer(second.nextStart().id(), "");
        await(
            "watcher",
            task -> isStarted(task) && task.getStatus().getAssignedProplet().equals("edge-2"));
      }
    }
  }

  @Test
  void a_daemon_whose_start_is_in_doubt_is_sent_again_only_to_a_proplet_that_is_new()
      throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("watcher", spec -> spec.withDaemon(true));
      Start first = edge.nextStart();
      await("watcher", TaskPhase.RUNNING);

      operator.close();
      operator = startOperator();

      Task doubtful =
          await("watcher", task -> condition(task, "Started").getStatus().equals("Unknown"));
      assertThat(condition(doubtful, "Started").getReason()).isEqualTo("StartInDoubt");
      assertThat(edge.hasNoStart()).isTrue();
      edge.discover();
      Start second = edge.nextStart();
      assertThat(second.id().value()).isEqualTo(first.id().value() + "-2");
      edge.answer(second.id(), "");
      await("watcher", DaemonIT::isStarted);
    }
  }

  @Test
  void a_daemon_that_answers_after_all_was_started() throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("watcher", spec -> spec.withDaemon(true));
      Start start = edge.nextStart();
      await("watcher", TaskPhase.RUNNING);
      operator.close();
      operator = startOperator();
      await("watcher", task -> condition(task, "Started").getStatus().equals("Unknown"));

      edge.answer(start.id(), "");

      await("watcher", DaemonIT::isStarted);
    }
  }

  private static boolean isStarted(Task task) {
    return "True".equals(condition(task, "Started").getStatus());
  }
}
