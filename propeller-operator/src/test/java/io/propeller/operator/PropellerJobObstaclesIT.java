package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.propeller.api.v1.ExecutionMode;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Start;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What keeps PropellerJobs from running, and what they say then. */
class PropellerJobObstaclesIT extends BatchRig {

  @Test
  void an_empty_job_has_failed_and_says_so() {
    createJob("empty", spec -> {});

    assertRefused("empty", "NoTasks", "spec.tasks and spec.taskRefs are empty");
  }

  @Test
  void two_entries_of_one_task_are_refused() {
    createJob("clash", spec -> spec.withTasks(entries("a_b", "a b")));

    assertRefused("clash", "NameClash", "would both make the Task clash-a-b");
    assertThat(children("clash")).isEmpty();
  }

  @Test
  void a_name_that_no_task_can_have_is_refused() {
    createJob("illegal", spec -> spec.withTasks(entries("a", "50%")));

    assertRefused("illegal", "InvalidName", "spec.tasks[1].name \"50%\"");
    assertThat(children("illegal")).isEmpty();
  }

  @Test
  void a_cycle_is_named() {
    createJob("round", spec -> spec.withTasks(entry("a", "b"), entry("b", "a")));

    assertRefused("round", "DependencyCycle", "a depends on itself: a -> b -> a");
  }

  @Test
  void a_dependency_that_the_job_does_not_have_is_named() {
    createJob("lost", spec -> spec.withTasks(entry("a", "c"), entry("b")));

    assertRefused("lost", "UnknownDependency", "a depends on c");
  }

  @Test
  void a_sequential_job_whose_task_depends_on_a_later_one_is_refused() {
    createJob(
        "back",
        spec ->
            spec.withExecutionMode(ExecutionMode.SEQUENTIAL)
                .withTasks(entry("a", "b"), entry("b")));

    assertRefused("back", "DependencyOrder", "a depends on b, which comes after it");
  }

  @Test
  void a_task_of_that_name_which_is_somebody_elses_is_left_alone() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      Task theirs = create("mine-a", spec -> spec.withSuspend(true));
      createJob("mine", spec -> spec.withTasks(entries("a", "b")));
      edge.answer(edge.nextStart().id(), "42");

      PropellerJob job = awaitJob("mine", JobPhase.FAILED);
      assertThat(condition(job, "Accepted").getReason()).isEqualTo("NameTaken");
      assertThat(condition(job, "Accepted").getMessage())
          .startsWith("a Task mine-a is there already and is not the job's");
      assertThat(job.getStatus().getFailedCount()).isEqualTo(1);
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(1);
      Task after = client.resources(Task.class).withName("mine-a").get();
      assertThat(after.getMetadata().getUid()).isEqualTo(theirs.getMetadata().getUid());
      assertThat(after.getMetadata().getOwnerReferences()).isEmpty();
      assertThat(after.getSpec()).isEqualTo(theirs.getSpec());
    }
  }

  @Test
  void a_task_of_an_earlier_job_of_that_name_is_waited_for_to_be_gone() {
    Task left =
        task("again-a")
            .editMetadata()
            .addNewOwnerReference()
            .withApiVersion("propeller.propeller.abstractmachines.fr/v1")
            .withKind("PropellerJob")
            .withName("again")
            .withUid("11111111-2222-3333-4444-555555555555")
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .build();
    String uid = client.resource(left).create().getMetadata().getUid();
    createJob("again", spec -> spec.withTasks(entries("a")));
    awaitReason("again", "Accepted", "NameNotFree");

    client.resources(Task.class).withName("again-a").delete();

    await("again-a", task -> !task.getMetadata().getUid().equals(uid));
    awaitReason("again", "Accepted", "Accepted");
  }

  @Test
  void a_task_that_the_api_server_does_not_take_has_failed_and_says_why() {
    policy("p-" + client.getNamespace(), client.getNamespace());
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob("strict", spec -> spec.withTasks(entries("good", "forbidden")));
      edge.answer(edge.nextStart().id(), "42");

      PropellerJob job = awaitJob("strict", JobPhase.FAILED);
      assertThat(condition(job, "Accepted").getReason()).isEqualTo("InvalidTask");
      assertThat(condition(job, "Accepted").getMessage())
          .contains("strict-forbidden", "no such task here");
      assertThat(job.getStatus().getCompletedCount()).isEqualTo(1);
      assertThat(job.getStatus().getFailedCount()).isEqualTo(1);
    } finally {
      client
          .genericKubernetesResources(
              "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding")
          .withName("p-" + client.getNamespace())
          .delete();
    }
  }

  @Test
  void a_task_that_somebody_deletes_is_made_anew() {
    createJob("kept", spec -> spec.withTasks(entries("a")));
    String uid = await("kept-a", task -> true).getMetadata().getUid();

    client.resources(Task.class).withName("kept-a").delete();

    await("kept-a", task -> !task.getMetadata().getUid().equals(uid));
  }

  @Test
  void transitions_are_events_of_the_job() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob("told", spec -> spec.withTasks(entries("a")));
      Start start = edge.nextStart();
      awaitJob("told", JobPhase.RUNNING);
      edge.answer(start.id(), "42");
      awaitJob("told", JobPhase.COMPLETED);

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(client.v1().events().list().getItems())
                      .filteredOn(
                          event -> event.getInvolvedObject().getKind().equals("PropellerJob"))
                      .extracting(Event::getReason)
                      .contains("Pending", "Running", "Completed"));
    }
  }

  @Test
  void a_recurring_task_has_done_its_part_with_its_first_run() {
    try (ScriptedProplet edge = proplet("edge-1")) {
      createJob(
          "cron",
          spec ->
              spec.withTasks(
                  entryBuilder("a").withRecurring(true).withSchedule("* * * * *").build()));
      Task planned =
          await(
              "cron-a", task -> task.getStatus() != null && task.getStatus().getNextRun() != null);
      assertThat(planned.phase()).isEqualTo(TaskPhase.PENDING);
      clock.moveTo(planned.getStatus().getNextRun());
      change("cron-a", spec -> spec.withTtlSecondsAfterFinished(100_000));
      edge.answer(edge.nextStart().id(), "42");

      awaitJob("cron", JobPhase.COMPLETED);
    }
  }

  private void assertRefused(String name, String reason, String message) {
    PropellerJob job = awaitJob(name, JobPhase.FAILED);
    assertThat(condition(job, "Accepted").getStatus()).isEqualTo("False");
    assertThat(condition(job, "Accepted").getReason()).isEqualTo(reason);
    assertThat(condition(job, "Accepted").getMessage()).contains(message);
    assertThat(condition(job, "Completed").getReason()).isEqualTo(reason);
    assertThat(job.getStatus().getFinishTime()).isNotNull();
  }

  /** Has the API server refuse some Tasks in a namespace, and returns when it does. */
  private void policy(String name, String namespace) {
    String yaml =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata:
          name: %1$s
        spec:
          failurePolicy: Fail
          matchConstraints:
            resourceRules:
              - apiGroups: ["propeller.propeller.abstractmachines.fr"]
                apiVersions: ["v1"]
                operations: ["CREATE"]
                resources: ["tasks"]
          validations:
            - expression: "!object.metadata.name.endsWith('forbidden')"
              message: "no such task here"
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata:
          name: %1$s
        spec:
          policyName: %1$s
          validationActions: ["Deny"]
          matchResources:
            namespaceSelector:
              matchLabels:
                kubernetes.io/metadata.name: %2$s
        """
            .formatted(name, namespace);
    client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).create();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              try {
                client.resource(task("forbidden").build()).dryRun().create();
                return false;
              } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
                return e.getMessage().contains("no such task here");
              }
            });
  }
}
