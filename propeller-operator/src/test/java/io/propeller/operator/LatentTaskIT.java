package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobBuilder;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.testkit.proplet.WasmProplet;
import io.propeller.testkit.proplet.WasmPropletOptions;
import io.propeller.testkit.wasm.SampleModule;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tasks that wait on their worker to be called, and the Tasks that call them. */
class LatentTaskIT extends OperatorRig {

  @Test
  void a_latent_task_runs_and_each_call_of_it_completes_with_its_own_result() {
    try (WasmProplet edge = worker("edge-1")) {
      create("adder", spec -> spec.withLatent(true).withInputs());
      Task adder = await("adder", TaskPhase.RUNNING);
      assertThat(condition(adder, "Started").getReason()).isEqualTo("ToldToLoad");
      assertThat(condition(adder, "Started").getStatus()).isEqualTo("True");

      for (int i = 1; i <= 3; i++) {
        call("sum-" + i, "40", Integer.toString(i));
      }

      for (int i = 1; i <= 3; i++) {
        Task sum = await("sum-" + i, TaskPhase.COMPLETED);
        assertThat(sum.getStatus().getResults().textValue()).isEqualTo(Integer.toString(40 + i));
        assertThat(sum.getStatus().getAssignedProplet()).isEqualTo("edge-1");
        assertThat(sum.getStatus().getAttempts()).isEqualTo(1);
      }
      assertThat(read("adder").phase()).isEqualTo(TaskPhase.RUNNING);
      assertThat(edge.tasks()).containsExactly(TaskId.of(adder.getMetadata().getUid()));
      client.resources(Task.class).withName("adder").delete();
      awaitGone("adder");
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> edge.tasks().isEmpty());
    }
  }

  @Test
  void a_call_of_what_is_not_there_waits_and_says_why_until_it_is() {
    try (WasmProplet edge = worker("edge-1")) {
      call("sum", "10", "32");
      await("sum", task -> waits(task, "there is no task adder yet; it has to be one with"));

      create("adder", spec -> spec.withLatent(true));

      Task sum = await("sum", TaskPhase.COMPLETED);
      assertThat(sum.getStatus().getResults().textValue()).isEqualTo("42");
      assertThat(edge.tasks()).hasSize(1);
    }
  }

  @Test
  void no_call_is_told_before_what_it_calls() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      IntStream.range(0, 40).forEach(i -> callOf("sum-" + i, "adder-" + i / 4, "10", "32"));
      await("sum-39", task -> waits(task, "there is no task adder-9 yet"));

      IntStream.range(0, 10).forEach(i -> create("adder-" + i, spec -> spec.withLatent(true)));

      IntStream.range(0, 40).forEach(i -> edge.answer(edge.nextInvoke(), "42"));
      IntStream.range(0, 40).forEach(i -> await("sum-" + i, TaskPhase.COMPLETED));
      assertThat(edge.early()).isEmpty();
    }
  }

  @Test
  void a_call_of_a_task_that_is_not_latent_waits_and_says_so() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> {});
      edge.nextStart();

      call("sum", "10", "32");

      await(
          "sum",
          task ->
              waits(
                  task,
                  "task adder cannot be called: its spec.latent is false, and has to be true"));
      assertThat(edge.hasNoInvoke()).isTrue();
    }
  }

  @Test
  void a_call_that_fails_fails_its_task_and_not_the_one_that_it_calls() {
    try (WasmProplet edge = worker("edge-1")) {
      create("adder", spec -> spec.withLatent(true));

      call("bad", "ten", "32");

      Task failed = await("bad", TaskPhase.FAILED);
      assertThat(failed.getStatus().getError()).contains("ten");
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("TaskError");
      call("good", "10", "32");
      await("good", TaskPhase.COMPLETED);
      assertThat(edge.tasks()).hasSize(1);
    }
  }

  @Test
  void a_call_that_fails_is_tried_again_as_its_retry_policy_says() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      create(
          "sum",
          spec ->
              calling("adder", spec)
                  .withNewRetryPolicy()
                  .withLimit(1)
                  .withInterval("1ms")
                  .endRetryPolicy());
      Invoke first = edge.nextInvoke();
      edge.publish(
          InvokeResult.builder()
              .taskId(first.id())
              .invocationId(first.invocationId())
              .propletId(edge.id())
              .error("wasm trap: unreachable")
              .build());

      Invoke second = edge.nextInvoke();
      assertThat(second.invocationId()).contains(first.invocationId().orElseThrow() + "-2");
      edge.answer(second, "42");
      await("sum", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_latent_task_that_cannot_be_loaded_has_failed_and_its_callers_say_so() {
    try (WasmProplet edge = worker("edge-1")) {
      create("adder", spec -> spec.withLatent(true).withFile("AGFzbQ=="));

      Task failed = await("adder", TaskPhase.FAILED);
      assertThat(failed.getStatus().getError()).contains("does not compile");
      call("sum", "10", "32");
      await("sum", task -> waits(task, "task adder does not run: it is failed"));
      assertThat(edge.tasks()).isEmpty();
    }
  }

  @Test
  void an_operator_that_is_started_anew_in_between_loses_no_call() throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      Start start = edge.nextStart();
      assertThat(start.latent()).isTrue();
      call("before", "1", "1");
      call("during", "2", "2");
      List<Invoke> told = List.of(edge.nextInvoke(), edge.nextInvoke());
      await("before", TaskPhase.RUNNING);
      await("during", TaskPhase.RUNNING);
      operator.close();
      told.forEach(invoke -> edge.answer(invoke, invoke.inputs().get(0)));

      operator = startOperator();
      call("after", "3", "3");

      assertThat(await("before", TaskPhase.COMPLETED).getStatus().getResults().textValue())
          .isEqualTo("1");
      assertThat(await("during", TaskPhase.COMPLETED).getStatus().getResults().textValue())
          .isEqualTo("2");
      Invoke last = invokeOf(edge, "after");
      assertThat(last.id()).isEqualTo(start.id());
      edge.answer(last, "6");
      await("after", TaskPhase.COMPLETED);
      assertThat(read("adder").getStatus().getAttempts()).isEqualTo(1);
    }
  }

  @Test
  void a_call_whose_task_is_deleted_stops_nothing() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      call("sum", "10", "32");
      Invoke invoke = edge.nextInvoke();
      assertThat(invoke.inputs()).containsExactly("10", "32");
      await("sum", TaskPhase.RUNNING);

      client.resources(Task.class).withName("sum").delete();
      awaitGone("sum");

      // What is told in order arrives in order: nothing came before this.
      client.resources(Task.class).withName("adder").delete();
      assertThat(edge.nextStop().id()).isEqualTo(invoke.id());
      assertThat(edge.hasNoStop()).isTrue();
    }
  }

  @Test
  void a_call_goes_where_the_task_is_that_it_calls_once_that_has_moved() {
    try (ScriptedProplet first = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true).withDisconnectGraceSeconds(0));
      call("sum", "10", "32");
      Invoke lost = first.nextInvoke();
      await("sum", TaskPhase.RUNNING);
      try (ScriptedProplet second = proplet("edge-2")) {
        first.leave();

        Invoke again = second.nextInvoke();
        assertThat(again.id().value()).isEqualTo(lost.id().value() + "-2");
        assertThat(again.invocationId()).contains(lost.invocationId().orElseThrow() + "-2");
        second.answer(again, "42");
        Task sum = await("sum", TaskPhase.COMPLETED);
        assertThat(sum.getStatus().getAssignedProplet()).isEqualTo("edge-2");
        assertThat(sum.getStatus().getLostProplets()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_call_waits_while_the_proplet_is_away_that_has_what_it_calls() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      Start start = edge.nextStart();
      await("adder", TaskPhase.RUNNING);
      edge.leave();
      await(
          client.resources(Proplet.class).withName("edge-1"),
          proplet -> proplet.getStatus().getPhase() == PropletPhase.OFFLINE);

      call("sum", "10", "32");

      await("sum", task -> waits(task, "proplet edge-1, which has task adder, is not there"));
      assertThat(edge.hasNoInvoke()).isTrue();
      edge.aliveUntil(() -> isRunning("edge-1"));
      Invoke invoke = edge.nextInvoke();
      assertThat(invoke.id()).isEqualTo(start.id());
      edge.answer(invoke, "42");
      await("sum", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_call_ends_with_its_deadline_and_stops_nothing() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      create(
          "sum",
          spec ->
              calling("adder", spec)
                  .withActiveDeadlineSeconds(1L)
                  .withTtlSecondsAfterFinished(3600));
      edge.nextInvoke();

      Task failed = await("sum", TaskPhase.FAILED);
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("DeadlineExceeded");
      assertThat(read("adder").phase()).isEqualTo(TaskPhase.RUNNING);
      assertThat(edge.hasNoStop()).isTrue();
      change("sum", spec -> spec.withTtlSecondsAfterFinished(0));
      awaitGone("sum");
    }
  }

  @Test
  void a_call_of_a_task_that_is_suspended_waits_until_that_is_resumed() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      Start start = edge.nextStart();
      await("adder", TaskPhase.RUNNING);
      change("adder", spec -> spec.withSuspend(true));
      assertThat(edge.nextStop().id()).isEqualTo(start.id());
      call("sum", "10", "32");
      await("sum", task -> waits(task, "task adder does not run: it is interrupted"));
      assertThat(edge.hasNoInvoke()).isTrue();

      change("adder", spec -> spec.withSuspend(false));

      Invoke invoke = edge.nextInvoke();
      assertThat(invoke.id()).isEqualTo(edge.nextStart().id());
      edge.answer(invoke, "42");
      await("sum", TaskPhase.COMPLETED);
    }
  }

  @Test
  void an_answer_that_is_forged_or_foreign_changes_nothing() {
    try (ScriptedProplet edge = proplet("edge-1");
        ScriptedProplet stranger = proplet("edge-2", spec -> spec.withUnschedulable(true))) {
      create("adder", spec -> spec.withLatent(true));
      call("sum", "10", "32");
      Invoke invoke = edge.nextInvoke();

      stranger.answer(invoke, "13");
      InvokeResult honest =
          InvokeResult.builder()
              .taskId(invoke.id())
              .invocationId(invoke.invocationId())
              .propletId(edge.id())
              .output(TaskOutput.text("42"))
              .build();
      edge.publish(InvokeResult.builder().from(honest).taskId(TaskId.of("x")).build());
      edge.publish(InvokeResult.builder().taskId(invoke.id()).propletId(edge.id()).build());
      edge.publish(
          Result.builder()
              .taskId(TaskId.of(invoke.invocationId().orElseThrow()))
              .propletId(edge.id())
              .output(TaskOutput.text("13"))
              .build());
      edge.publish(honest);
      edge.publish(InvokeResult.builder().from(honest).error("late").build());

      Task sum = await("sum", TaskPhase.COMPLETED);
      assertThat(sum.getStatus().getResults().textValue()).isEqualTo("42");
      assertThat(read("adder").phase()).isEqualTo(TaskPhase.RUNNING);
    }
  }

  @Test
  void a_call_takes_nothing_of_its_worker_and_a_latent_task_keeps_what_it_has() {
    try (ScriptedProplet edge = proplet("edge-1", spec -> spec.withMaxConcurrentTasks(1))) {
      create("adder", spec -> spec.withLatent(true));
      edge.nextStart();
      call("sum-1", "1", "1");
      call("sum-2", "2", "2");

      List<Invoke> told = IntStream.range(0, 2).mapToObj(i -> edge.nextInvoke()).toList();

      create("other", spec -> {});
      told.forEach(invoke -> edge.answer(invoke, "0"));
      await("sum-1", TaskPhase.COMPLETED);
      await("sum-2", TaskPhase.COMPLETED);
      assertThat(edge.hasNoStart()).isTrue();
      client.resources(Task.class).withName("adder").delete();
      assertThat(edge.nextStart().latent()).isFalse();
    }
  }

  @Test
  void a_call_whose_task_to_call_is_deleted_is_given_up_and_waits_for_another() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      call("sum", "10", "32");
      Invoke first = edge.nextInvoke();
      await("sum", TaskPhase.RUNNING);

      client.resources(Task.class).withName("adder").delete();
      awaitGone("adder");

      await("sum", task -> waits(task, "there is no task adder yet"));
      create("adder", spec -> spec.withLatent(true));
      Invoke second = edge.nextInvoke();
      assertThat(second.id()).isNotEqualTo(first.id());
      edge.answer(second, "42");
      await("sum", TaskPhase.COMPLETED);
    }
  }

  @Test
  void a_latent_task_fails_on_a_worker_that_would_run_it_at_once() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      edge.publish(
          Discovery.builder()
              .propletId(edge.id())
              .metadata(PropletMetadata.builder().wasmRuntime("wamr").build())
              .build());
      await(
          client.resources(Proplet.class).withName("edge-1"),
          proplet ->
              proplet.getStatus().getMetadata() != null
                  && "wamr".equals(proplet.getStatus().getMetadata().getWasmRuntime()));

      create("adder", spec -> spec.withLatent(true));

      Task failed = await("adder", TaskPhase.FAILED);
      assertThat(condition(failed, "Completed").getReason()).isEqualTo("Unsendable");
      assertThat(failed.getStatus().getError()).contains("latent must be false");
      assertThat(edge.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_call_that_its_worker_ends_with_what_it_called_has_not_failed() {
    try (WasmProplet edge = worker("edge-1")) {
      latent("greeter", SampleModule.ENDLESS);
      callOf("greeting", "greeter");
      await("greeting", TaskPhase.RUNNING);

      client.resources(Task.class).withName("greeter").delete();

      await("greeting", task -> waits(task, "there is no task greeter yet"));
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> edge.tasks().isEmpty());
      latent("greeter", SampleModule.HELLO);
      Task done = await("greeting", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults().textValue()).isEqualTo("hello, world");
      assertThat(done.getStatus().getAttempts()).isEqualTo(2);
      assertThat(done.getStatus().getFailedAttempts()).isZero();
    }
  }

  @Test
  void a_call_recurs_by_its_schedule() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      create("tick", spec -> calling("adder", spec).withRecurring(true).withSchedule("* * * * *"));

      for (int run = 1; run <= 2; run++) {
        int runs = run;
        Task planned =
            await(
                "tick",
                task ->
                    task.getStatus() != null
                        && task.getStatus().getRuns() == runs - 1
                        && task.getStatus().getNextRun() != null);
        clock.moveTo(planned.getStatus().getNextRun());
        change("tick", spec -> spec.withTtlSecondsAfterFinished(10_000 + runs));
        edge.answer(edge.nextInvoke(), Integer.toString(run));
      }

      Task twice = await("tick", task -> task.getStatus().getRuns() == 2);
      assertThat(twice.getStatus().getResults().textValue()).isEqualTo("2");
      assertThat(twice.getStatus().getAttempts()).isEqualTo(2);
    }
  }

  @Test
  void calls_of_a_job_follow_each_other_and_hand_their_results_on() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("adder", spec -> spec.withLatent(true));
      client
          .resource(
              new PropellerJobBuilder()
                  .withNewMetadata()
                  .withName("job")
                  .endMetadata()
                  .withNewSpec()
                  .withTasks(
                      new TaskSpecBuilder()
                          .withName("first")
                          .withInvokes("adder")
                          .withInputs("10", "32")
                          .build(),
                      new TaskSpecBuilder()
                          .withName("second")
                          .withInvokes("adder")
                          .withDependsOn("first")
                          .build())
                  .endSpec()
                  .build())
          .create();

      Invoke first = edge.nextInvoke();
      assertThat(first.inputs()).containsExactly("10", "32");
      edge.answer(first, "42");
      Invoke second = edge.nextInvoke();
      assertThat(second.env()).containsEntry("FIRST_RESULT", "42");
      edge.answer(second, "43");

      await(
          client.resources(PropellerJob.class).withName("job"),
          job -> job.getStatus() != null && job.getStatus().getPhase() == JobPhase.COMPLETED);
    }
  }

  @Test
  void the_example_does_what_it_says() throws Exception {
    try (WasmProplet edge = worker("edge-1");
        InputStream example =
            Files.newInputStream(Path.of("..", "examples", "cluster", "latent-task.yaml"))) {
      for (HasMetadata one : client.load(example).items()) {
        one.getMetadata().setNamespace(null);
        client.resource(one).create();
      }

      assertThat(await("sum", TaskPhase.COMPLETED).getStatus().getResults().textValue())
          .isEqualTo("42");
      assertThat(edge.tasks()).hasSize(1);
    }
  }

  /** Creates a Proplet and a worker of that identity which really runs modules. */
  private WasmProplet worker(String name) {
    client.resource(propletResource(name).build()).create();
    WasmProplet worker =
        WasmProplet.start(
            WasmPropletOptions.of(broker.address(), channel, identity(name))
                .withHeartbeat(Duration.ofMillis(200)));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isRunning(name));
    return worker;
  }

  private void latent(String name, SampleModule module) {
    create(
        name,
        spec ->
            spec.withLatent(true)
                .withFunctionName(module.function())
                .withFile(Base64.getEncoder().encodeToString(module.bytes().toByteArray())));
  }

  private void call(String name, String... inputs) {
    callOf(name, "adder", inputs);
  }

  private void callOf(String name, String callee, String... inputs) {
    create(name, spec -> calling(callee, spec).withInputs(inputs));
  }

  private static TaskSpecBuilder calling(String callee, TaskSpecBuilder spec) {
    return spec.withFile(null).withFunctionName(null).withInvokes(callee);
  }

  /** Returns what a task tells the worker, after what others may tell it again. */
  private Invoke invokeOf(ScriptedProplet edge, String task) {
    String uid = read(task).getMetadata().getUid();
    while (true) {
      Invoke invoke = edge.nextInvoke();
      if (invoke.invocationId().filter(uid::equals).isPresent()) {
        return invoke;
      }
    }
  }

  private Task read(String name) {
    return client.resources(Task.class).withName(name).get();
  }

  private static boolean waits(Task task, String reason) {
    return task.phase() == TaskPhase.PENDING
        && condition(task, "Scheduled").getReason().equals("WaitsForLatentTask")
        && condition(task, "Scheduled").getMessage().startsWith(reason);
  }
}
