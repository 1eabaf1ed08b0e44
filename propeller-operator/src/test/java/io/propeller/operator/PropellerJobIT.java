package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.propeller.api.v1.ExecutionMode;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobStatus;
import io.propeller.api.v1.RunIf;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What PropellerJobs do. */
class PropellerJobIT extends BatchRig {

  private static final Path EXAMPLE =
      Path.of("../system-tests/src/test/resources/io/propeller/api/manifests/propellerjob.yaml");

  @Test
  void its_tasks_are_named_after_it_and_belong_to_it() {
    PropellerJob job =
        createJob(
            "nightly",
            spec ->
                spec.withTasks(
                    entryBuilder("Load_All Data").withFunctionName(null).build(),
                    entryBuilder("sum").withTtlSecondsAfterFinished(1).build()));

    Task child = await("nightly-load-all-data", task -> true);
    assertThat(child.getMetadata().getLabels()).containsEntry(PropellerApi.JOB_LABEL, "nightly");
    assertThat(child.getSpec().getJobId()).isEqualTo(job.getMetadata().getUid());
    assertThat(child.getSpec().getName()).isEqualTo("Load_All Data");
    assertThat(child.functionToCall()).isEqualTo("Load_All Data");
    assertThat(child.getSpec().getInputs()).containsExactly("10", "32");
    OwnerReference owner = child.getMetadata().getOwnerReferences().get(0);
    assertThat(owner.getUid()).isEqualTo(job.getMetadata().getUid());
    assertThat(owner.getController()).isTrue();
    assertThat(owner.getBlockOwnerDeletion()).isTrue();
    assertThat(await("nightly-sum", task -> true).getSpec().getTtlSecondsAfterFinished()).isNull();
  }

  @Test
  void parallel_runs_all_at_once_and_counts_what_comes_of_them() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "all",
          spec -> spec.withExecutionMode(ExecutionMode.PARALLEL).withTasks(entries("a", "b", "c")));
      Start one = edge.nextStart();
      Start two = edge.nextStart();
      Start three = edge.nextStart();
      PropellerJobStatus running = awaitJob("all", JobPhase.RUNNING).getStatus();
      assertThat(running.getStartTime()).isNotNull();
      assertThat(running.getCreatedAt()).isNotNull();
      assertThat(running.getTaskCount()).isEqualTo(3);

      edge.answer(one.id(), "42");
      edge.fail(two.id(), "trap");
      edge.answer(three.id(), "42");

      PropellerJob job = awaitJob("all", JobPhase.FAILED);
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(2);
      assertThat(job.getStatus().getFailedCount()).isEqualTo(1);
      assertThat(job.getStatus().getFinishTime()).isNotNull();
      assertThat(job.getStatus().getUpdatedAt()).isNotNull();
      assertThat(job.getStatus().getObservedGeneration()).isEqualTo(1);
      assertThat(condition(job, "Completed").getReason()).isEqualTo("TasksFailed");
      assertThat(condition(job, "Completed").getMessage())
          .isEqualTo("of 3 tasks 2 completed, 1 failed, 0 were interrupted and 0 never ran");
    }
  }

  @Test
  void sequential_runs_one_after_the_other_in_order() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "steps",
          spec ->
              spec.withExecutionMode(ExecutionMode.SEQUENTIAL)
                  .withTasks(entries("zeta", "alpha", "mid")));

      for (String name : List.of("steps-zeta", "steps-alpha", "steps-mid")) {
        Start start = edge.nextStart();
        Task task = await(name, TaskPhase.RUNNING);
        assertThat(start.id().value()).isEqualTo(task.getMetadata().getUid());
        assertThat(children("steps")).filteredOn(one -> !one.phase().isTerminal()).hasSize(1);
        edge.answer(start.id(), "42");
      }

      PropellerJob job = awaitJob("steps", JobPhase.COMPLETED);
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(3);
      assertThat(condition(job, "Completed").getStatus()).isEqualTo("True");
    }
  }

  @Test
  void the_first_failure_of_a_sequential_job_stops_the_rest() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "steps",
          spec ->
              spec.withExecutionMode(ExecutionMode.SEQUENTIAL).withTasks(entries("a", "b", "c")));
      edge.answer(edge.nextStart().id(), "1");
      edge.fail(edge.nextStart().id(), "trap");

      PropellerJob job = awaitJob("steps", JobPhase.FAILED);
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(1);
      assertThat(job.getStatus().getFailedCount()).isEqualTo(1);
      assertThat(job.getStatus().getSkippedCount()).isEqualTo(1);
      assertThat(isThere("steps-c")).isFalse();
      assertThat(edge.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_sequential_job_that_is_not_to_fail_fast_goes_on() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "steps",
          spec ->
              spec.withExecutionMode(ExecutionMode.SEQUENTIAL)
                  .withFailFast(false)
                  .withTasks(entries("a", "b")));
      edge.fail(edge.nextStart().id(), "trap");
      edge.answer(edge.nextStart().id(), "1");

      assertThat(awaitJob("steps", JobPhase.FAILED).getStatus().getCompletedCount()).isEqualTo(1);
    }
  }

  @Test
  void fail_fast_stops_what_runs_too() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "fast",
          spec ->
              spec.withExecutionMode(ExecutionMode.PARALLEL)
                  .withFailFast(true)
                  .withMaxParallelism(2)
                  .withTasks(entries("a", "b", "c")));
      Start one = edge.nextStart();
      Start two = edge.nextStart();
      edge.fail(one.id(), "trap");

      assertThat(edge.nextStop().id()).isEqualTo(two.id());
      PropellerJobStatus status = awaitJob("fast", JobPhase.FAILED).getStatus();
      assertThat(status.getFailedCount()).isEqualTo(1);
      assertThat(status.getInterruptedCount()).isEqualTo(1);
      assertThat(status.getSkippedCount()).isEqualTo(1);
      assertThat(inPhase(children("fast"), TaskPhase.INTERRUPTED)).isEqualTo(1);
    }
  }

  @Test
  void configurable_follows_what_its_tasks_depend_on_and_hands_results_on() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "etl",
          spec ->
              spec.withTasks(
                  entry("load", "Read_It", "sum"),
                  entry("Read_It"),
                  entry("sum", "Read_It"),
                  entryBuilder("alarm").withDependsOn("sum").withRunIf(RunIf.FAILURE).build()));
      Start read = edge.nextStart();
      assertThat(childNames("etl")).containsExactly("etl-read-it");
      edge.answer(read.id(), "1,2,3");
      Start sum = edge.nextStart();
      assertThat(sum.env()).containsEntry("READ_IT_RESULT", "1,2,3");
      edge.answer(sum.id(), "6");
      Start load = edge.nextStart();
      assertThat(load.env())
          .containsEntry("READ_IT_RESULT", "1,2,3")
          .containsEntry("SUM_RESULT", "6");
      edge.answer(load.id(), "done");

      PropellerJobStatus status = awaitJob("etl", JobPhase.COMPLETED).getStatus();
      assertThat(status.getCompletedCount()).isEqualTo(3);
      assertThat(status.getSkippedCount()).isEqualTo(1);
      assertThat(isThere("etl-alarm")).isFalse();
    }
  }

  @Test
  void a_task_for_failures_runs_though_what_it_depends_on_was_skipped() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "etl",
          spec ->
              spec.withTasks(
                  entry("work"),
                  entry("next", "work"),
                  entryBuilder("rescue").withDependsOn("next").withRunIf(RunIf.FAILURE).build()));
      edge.fail(edge.nextStart().id(), "trap");
      edge.answer(edge.nextStart().id(), "saved");

      PropellerJobStatus status = awaitJob("etl", JobPhase.FAILED).getStatus();
      assertThat(status.getCompletedCount()).isEqualTo(1);
      assertThat(status.getFailedCount()).isEqualTo(1);
      assertThat(status.getSkippedCount()).isEqualTo(1);
      assertThat(childNames("etl")).containsExactly("etl-rescue", "etl-work");
    }
  }

  @Test
  void counts_follow_while_the_job_runs() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "going",
          spec -> spec.withExecutionMode(ExecutionMode.PARALLEL).withTasks(entries("a", "b")));
      edge.answer(edge.nextStart().id(), "42");

      PropellerJob job =
          awaitJob(
              "going", one -> one.getStatus() != null && one.getStatus().getCompletedCount() == 1);
      assertThat(phase(job)).isEqualTo(JobPhase.RUNNING);
    }
  }

  @Test
  void max_parallelism_bounds_how_many_there_are_at_a_time() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "some",
          spec ->
              spec.withExecutionMode(ExecutionMode.PARALLEL)
                  .withMaxParallelism(2)
                  .withTasks(entries("a", "b", "c", "d", "e")));
      for (int i = 0; i < 5; i++) {
        Start start = edge.nextStart();
        assertThat(children("some"))
            .filteredOn(task -> !task.phase().isTerminal())
            .hasSizeLessThanOrEqualTo(2);
        edge.answer(start.id(), "42");
      }
      awaitJob("some", JobPhase.COMPLETED);
    }
  }

  @Test
  void a_suspended_job_starts_nothing_and_lets_run_what_runs_until_it_is_resumed() {
    try (ScriptedProplet edge = proplet("edge-1", spec -> spec.withMaxConcurrentTasks(1))) {
      createJob(
          "held",
          spec ->
              spec.withExecutionMode(ExecutionMode.PARALLEL)
                  .withMaxParallelism(2)
                  .withTasks(entries("a", "b", "c")));
      Start first = edge.nextStart();
      patchJob("held", "{\"spec\":{\"suspend\":true}}");
      awaitReason("held", "Completed", "Suspended");
      Task waiting =
          children("held").stream()
              .filter(task -> !task.getMetadata().getUid().equals(first.id().value()))
              .findFirst()
              .orElseThrow();
      await(waiting.getMetadata().getName(), task -> task.getSpec().isSuspend());
      edge.answer(first.id(), "42");
      awaitJob("held", job -> job.getStatus().getCompletedCount() == 1);
      assertThat(edge.hasNoStart()).isTrue();
      assertThat(children("held")).hasSize(2);

      patchJob("held", "{\"spec\":{\"suspend\":false}}");
      edge.answer(edge.nextStart().id(), "42");
      edge.answer(edge.nextStart().id(), "42");
      PropellerJob done = awaitJob("held", JobPhase.COMPLETED);
      assertThat(done.getStatus().getObservedGeneration()).isEqualTo(3);
    }
  }

  @Test
  void a_job_that_is_created_suspended_makes_nothing() {
    createJob("later", spec -> spec.withSuspend(true).withTasks(entries("a")));

    PropellerJob job = awaitReason("later", "Completed", "Suspended");
    assertThat(phase(job)).isEqualTo(JobPhase.PENDING);
    assertThat(children("later")).isEmpty();

    patchJob("later", "{\"spec\":{\"suspend\":false}}");
    await("later-a", task -> true);
  }

  @Test
  void a_job_that_takes_too_long_fails_and_what_runs_is_stopped() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "slow",
          spec ->
              spec.withExecutionMode(ExecutionMode.PARALLEL)
                  .withActiveDeadlineSeconds(60L)
                  .withMaxParallelism(2)
                  .withTasks(entries("a", "b", "c")));
      Start one = edge.nextStart();
      Start two = edge.nextStart();
      edge.answer(one.id(), "42");
      Start three = edge.nextStart();
      awaitJob("slow", JobPhase.RUNNING);

      clock.moveTo(clock.instant().plusSeconds(61));
      patchJob("slow", "{\"spec\":{\"name\":\"looked-at\"}}");

      assertThat(List.of(edge.nextStop().id(), edge.nextStop().id()))
          .containsExactlyInAnyOrder(two.id(), three.id());
      PropellerJob job = awaitJob("slow", JobPhase.FAILED);
      assertThat(condition(job, "Completed").getReason()).isEqualTo("DeadlineExceeded");
      assertThat(job.getStatus().getInterruptedCount()).isEqualTo(2);
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(1);
    }
  }

  @Test
  void a_job_is_deleted_when_it_has_been_over_for_as_long_as_it_wants_to_be_kept() {
    createJob("gone", spec -> spec.withTtlSecondsAfterFinished(0));

    client
        .resources(PropellerJob.class)
        .withName("gone")
        .waitUntilCondition(job -> job == null, 20, java.util.concurrent.TimeUnit.SECONDS);
  }

  @Test
  void tasks_of_task_refs_are_counted_and_one_that_is_missing_is_named_and_waited_for() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob("both", spec -> spec.withTasks(entries("own")).withTaskRefs("other", "third"));
      edge.answer(edge.nextStart().id(), "1");

      PropellerJob waits = awaitReason("both", "Completed", "WaitsForTaskRefs");
      assertThat(condition(waits, "Accepted").getReason()).isEqualTo("TaskRefsMissing");
      assertThat(condition(waits, "Accepted").getStatus()).isEqualTo("Unknown");
      assertThat(condition(waits, "Accepted").getMessage())
          .isEqualTo(
              "spec.taskRefs names Tasks that are not there, and are waited for: other, third");
      assertThat(waits.getStatus().getTaskCount()).isEqualTo(3);

      create("other", spec -> {});
      create("third", spec -> {});
      edge.answer(edge.nextStart().id(), "2");
      edge.answer(edge.nextStart().id(), "3");
      PropellerJob done = awaitJob("both", JobPhase.COMPLETED);
      assertThat(done.getStatus().getCompletedCount()).isEqualTo(3);
      assertThat(condition(done, "Accepted").getReason()).isEqualTo("Accepted");
    }
  }

  @Test
  void a_manifest_of_the_examples_does_what_it_says() throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      create("addition-wasm", spec -> {});
      client.load(Files.newInputStream(EXAMPLE)).create();

      Map<String, List<String>> inputs = new HashMap<>();
      for (int i = 0; i < 3; i++) {
        Start start = edge.nextStart();
        inputs.put(start.id().value(), start.inputs().stream().map(Object::toString).toList());
        edge.answer(start.id(), "42");
      }

      assertThat(inputs.values())
          .containsExactlyInAnyOrder(List.of("10", "20"), List.of("30", "40"), List.of("10", "32"));
      PropellerJob job = awaitJob("sample-propeller-job", JobPhase.COMPLETED);
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(3);
    }
  }

  @Test
  void an_operator_that_is_started_anew_in_the_middle_goes_on() throws Exception {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "steps",
          spec ->
              spec.withExecutionMode(ExecutionMode.SEQUENTIAL).withTasks(entries("a", "b", "c")));
      edge.answer(edge.nextStart().id(), "1");
      TaskId second = edge.nextStart().id();
      operator.close();
      edge.answer(second, "2");
      operator = startOperator();

      TaskId third = edge.nextStart().id();
      // What was in doubt is sent again, under the same id.
      edge.answer(third.equals(second) ? edge.nextStart().id() : third, "3");
      PropellerJobStatus status = awaitJob("steps", JobPhase.COMPLETED).getStatus();
      assertThat(status.getCompletedCount()).isEqualTo(3);
      assertThat(childNames("steps")).containsExactly("steps-a", "steps-b", "steps-c");
    }
  }

  @Test
  void a_child_that_was_made_by_an_operator_that_died_then_is_adopted() throws Exception {
    operator.close();
    PropellerJob job = createJob("half", spec -> spec.withTasks(entries("a", "b")));
    Task made =
        task("half-a")
            .editMetadata()
            .addToLabels(PropellerApi.JOB_LABEL, "half")
            .addNewOwnerReference()
            .withApiVersion(job.getApiVersion())
            .withKind(job.getKind())
            .withName("half")
            .withUid(job.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .build();
    String uid = client.resource(made).create().getMetadata().getUid();
    operator = startOperator();

    await("half-b", task -> true);
    assertThat(await("half-a", task -> true).getMetadata().getUid()).isEqualTo(uid);
    PropellerJob seen = awaitJob("half", one -> one.getStatus() != null);
    assertThat(condition(seen, "Accepted").getReason()).isEqualTo("Accepted");
    assertThat(seen.getStatus().getTaskCount()).isEqualTo(2);
  }
}
