package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskKind;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tasks on devices: real API server, real broker, and a worker that does what the test says. */
class DeviceTaskIT extends OperatorRig {

  @Test
  void a_task_goes_from_its_manifest_to_its_result_in_three_writes() {
    try (ScriptedProplet edge = proplet("edge-1");
        WriteCounter writes = new WriteCounter(client, "add")) {
      client.resource(task("add").build()).create();

      Start start = edge.nextStart();
      assertThat(start.name()).isEqualTo("main");
      assertThat(start.inputs()).containsExactly("10", "32");
      edge.answer(start.id(), "42");

      Task done = await("add", task -> task.phase() == TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults().textValue()).isEqualTo("42");
      assertThat(done.getStatus().getAssignedProplet()).isEqualTo("edge-1");
      assertThat(done.getStatus().getAttempts()).isEqualTo(1);
      assertThat(start.id()).isEqualTo(TaskId.of(done.getMetadata().getUid()));
      assertThat(writes.upTo(done)).hasSize(3);
    }
  }

  @Test
  void a_result_is_recorded_as_the_json_that_it_is() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client.resource(task("json").build()).create();
      edge.publish(
          Result.builder()
              .taskId(edge.nextStart().id())
              .output(
                  new TaskOutput.Other(
                      Json.parse("{\"sum\":42,\"rest\":null,\"of\":[10,32.5,{\"a\":{}}]}")))
              .build());

      Task done = await("json", task -> task.phase() == TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults())
          .hasToString("{\"of\":[10,32.5,{\"a\":{}}],\"rest\":null,\"sum\":42}");
    }
  }

  @Test
  void an_error_of_the_worker_is_the_tasks() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client.resource(task("trap").build()).create();
      edge.fail(edge.nextStart().id(), "wasm trap: unreachable");

      Task failed = await("trap", task -> task.phase() == TaskPhase.FAILED);
      assertThat(failed.getStatus().getError()).isEqualTo("wasm trap: unreachable");
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("TaskError");
    }
  }

  @Test
  void a_task_that_nothing_fits_says_why_and_is_placed_when_something_does() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client
          .resource(
              task("picky")
                  .editSpec()
                  .withNewPropletSelector()
                  .withMatchCapabilities("gpio")
                  .endPropletSelector()
                  .endSpec()
                  .build())
          .create();

      Task waiting = await("picky", task -> task.getStatus() != null);
      assertThat(waiting.phase()).isEqualTo(TaskPhase.PENDING);
      await(
          "picky",
          task ->
              condition(task, "Scheduled")
                  .getMessage()
                  .equals("0/1 proplets fit: 1 lacks capability gpio"));

      try (ScriptedProplet second = proplet("edge-2", "gpio")) {
        second.answer(second.nextStart().id(), "1");
        await("picky", task -> task.phase() == TaskPhase.COMPLETED);
        assertThat(edge.hasNoStart()).isTrue();
      }
    }
  }

  @Test
  void a_task_without_a_module_fails_and_says_so() {
    client.resource(task("empty").editSpec().withFile("").endSpec().build()).create();

    Task failed = await("empty", task -> task.phase() == TaskPhase.FAILED);
    assertThat(failed.getStatus().getError())
        .isEqualTo("the task has no module: set spec.file (base64) or spec.imageUrl");
  }

  @Test
  void what_is_not_supported_is_refused_and_not_ignored() {
    create("learner", spec -> spec.withKind(TaskKind.FEDERATED));

    Task failed = await("learner", task -> task.phase() == TaskPhase.FAILED);
    assertThat(failed.getStatus().getError()).startsWith("spec.kind is federated, and ");
  }

  @Test
  void a_task_leaves_a_proplet_that_went_and_a_late_answer_changes_nothing() {
    try (ScriptedProplet first = proplet("edge-1")) {
      client
          .resource(task("moves").editSpec().withDisconnectGraceSeconds(0).endSpec().build())
          .create();
      TaskId attempt = first.nextStart().id();
      try (ScriptedProplet second = proplet("edge-2")) {
        first.leave();

        Start again = second.nextStart();
        assertThat(again.id().value()).isEqualTo(attempt.value() + "-2");
        assertThat(first.nextStop().id()).isEqualTo(attempt);
        second.answer(again.id(), "42");

        Task done = await("moves", task -> task.phase() == TaskPhase.COMPLETED);
        assertThat(done.getStatus().getAssignedProplet()).isEqualTo("edge-2");
        assertThat(done.getStatus().getAttempts()).isEqualTo(2);
        assertThat(done.getStatus().getLostProplets()).isEqualTo(1);
        await(
            client.resources(Proplet.class).withName("edge-1"),
            proplet -> proplet.getStatus().getPhase() == PropletPhase.OFFLINE);

        first.answer(attempt, "41");
        second.answer(again.id(), "43");
        assertUnchanged(done);
      }
    }
  }

  @Test
  void the_first_answer_counts_whichever_attempt_it_is_of_and_the_other_attempt_is_stopped() {
    try (ScriptedProplet first = proplet("edge-1")) {
      client
          .resource(task("late").editSpec().withDisconnectGraceSeconds(0).endSpec().build())
          .create();
      TaskId attempt = first.nextStart().id();
      try (ScriptedProplet second = proplet("edge-2")) {
        first.leave();
        TaskId again = second.nextStart().id();

        first.answer(attempt, "42");

        assertThat(second.nextStop().id()).isEqualTo(attempt);
        assertThat(second.nextStop().id()).isEqualTo(again);
        await("late", task -> task.phase() == TaskPhase.COMPLETED);
      }
    }
  }

  @Test
  void a_proplet_that_was_started_anew_gets_its_task_again() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client.resource(task("again").build()).create();
      TaskId first = edge.nextStart().id();

      edge.discover();

      Start second = edge.nextStart();
      assertThat(second.id().value()).isEqualTo(first.value() + "-2");
      edge.answer(second.id(), "42");
      await("again", task -> task.phase() == TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_task_that_lost_three_proplets_fails() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client.resource(task("deadly").build()).create();
      for (int lost = 0; lost < 3; lost++) {
        edge.nextStart();
        edge.discover();
      }

      Task failed = await("deadly", task -> task.phase() == TaskPhase.FAILED);
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("TooManyPropletsLost");
      assertThat(failed.getStatus().getAttempts()).isEqualTo(3);
    }
  }

  @Test
  void a_task_that_is_deleted_while_it_runs_is_stopped() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client.resource(task("stopped").build()).create();
      TaskId attempt = edge.nextStart().id();

      client.resources(Task.class).withName("stopped").delete();

      assertThat(edge.nextStop().id()).isEqualTo(attempt);
      client
          .resources(Task.class)
          .withName("stopped")
          .waitUntilCondition(task -> task == null, 20, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_task_that_takes_too_long_fails_and_is_stopped() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client
          .resource(task("slow").editSpec().withActiveDeadlineSeconds(1L).endSpec().build())
          .create();
      TaskId attempt = edge.nextStart().id();

      Task failed = await("slow", task -> task.phase() == TaskPhase.FAILED);
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("DeadlineExceeded");
      assertThat(edge.nextStop().id()).isEqualTo(attempt);
    }
  }

  @Test
  void a_result_that_came_while_the_operator_was_away_is_recorded() throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      client.resource(task("kept").build()).create();
      TaskId attempt = edge.nextStart().id();
      await("kept", task -> task.phase() == TaskPhase.RUNNING);

      operator.close();
      edge.answer(attempt, "42");
      operator = startOperator();

      Task done = await("kept", task -> task.phase() == TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults().textValue()).isEqualTo("42");
    }
  }

  @Test
  void a_proplet_of_another_channel_is_told_so() {
    client
        .resource(
            propletResource("stranger")
                .editSpec()
                .editConnectionConfig()
                .withChannelId("elsewhere")
                .endConnectionConfig()
                .endSpec()
                .build())
        .create();

    Proplet refused =
        await(
            client.resources(Proplet.class).withName("stranger"),
            proplet -> proplet.getStatus() != null);
    assertThat(refused.getStatus().getConditions())
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.getReason()).isEqualTo("OtherChannel");
              assertThat(ready.getMessage()).contains("channel elsewhere");
            });
  }

  /** Another task completes after those answers have been read, and the first is as it was. */
  private void assertUnchanged(Task done) {
    String name = "after-" + done.getMetadata().getName();
    try (ScriptedProplet last = proplet("edge-3", "last")) {
      client
          .resource(
              task(name)
                  .editSpec()
                  .withNewPropletSelector()
                  .withMatchCapabilities("last")
                  .endPropletSelector()
                  .endSpec()
                  .build())
          .create();
      last.answer(last.nextStart().id(), "0");
      await(name, task -> task.phase() == TaskPhase.COMPLETED);
    }
    assertThat(client.resource(done).get().getMetadata().getResourceVersion())
        .isEqualTo(done.getMetadata().getResourceVersion());
  }

  /** Counts what is written to one Task after its creation. */
  private static final class WriteCounter implements AutoCloseable {
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final Watch watch;

    WriteCounter(KubernetesClient client, String name) {
      watch =
          client
              .resources(Task.class)
              .withName(name)
              .watch(
                  new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Task task) {
                      if (action == Action.MODIFIED) {
                        versions.add(task.getMetadata().getResourceVersion());
                      }
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                  });
    }

    List<String> upTo(Task task) {
      String last = task.getMetadata().getResourceVersion();
      Awaitility.await().until(() -> versions.contains(last));
      return versions;
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}
