package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.propeller.api.v1.Backoff;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.RestartPolicy;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskPhase;
import io.propeller.testkit.mqtt.Mosquitto;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks as Kubernetes Jobs; the test plays the parts of the Job controller and the kubelet. */
@WithServers
class JobTaskIT {

  private TestBed bed;

  @BeforeEach
  void start(KubernetesClient client, Mosquitto broker) throws Exception {
    bed = new TestBed(client, broker, UnaryOperator.identity());
    client.resource(bed.pod("pod-1").build()).create();
    bed.await(Deployment.class, "pod-1-proplet", found -> true);
    client
        .apps()
        .deployments()
        .withName("pod-1-proplet")
        .editStatus(
            deployment ->
                new DeploymentBuilder(deployment)
                    .withNewStatus()
                    .withReplicas(1)
                    .withReadyReplicas(1)
                    .endStatus()
                    .build());
    bed.awaitPhase("pod-1", PropletPhase.RUNNING);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void an_image_runs_as_a_job_with_its_environment_and_both_are_the_tasks() {
    Task task =
        bed.client
            .resource(
                task("train")
                    .editSpec()
                    .addToEnv("RATE", "0.1")
                    .withCliArgs("-v")
                    .endSpec()
                    .build())
            .create();

    Job job = job("train");
    assertThat(job.getSpec().getTemplate().getSpec().getContainers())
        .singleElement()
        .satisfies(
            container -> {
              assertThat(container.getImage()).isEqualTo("registry.example.com/train:1");
              assertThat(container.getArgs()).containsExactly("-v");
            });
    ConfigMap config = bed.await(ConfigMap.class, "train-config", found -> true);
    assertThat(config.getData())
        .containsEntry("RATE", "0.1")
        .containsEntry("TASK_ID", task.getMetadata().getUid());
    assertThat(List.of(job.getMetadata(), config.getMetadata()))
        .allSatisfy(
            metadata ->
                assertThat(metadata.getOwnerReferences())
                    .extracting(OwnerReference::getUid)
                    .containsExactly(task.getMetadata().getUid()));
    Task running = bed.awaitTask("train", found -> found.phase() == TaskPhase.RUNNING);
    assertThat(running.getStatus().getAssignedProplet()).isEqualTo("pod-1");
  }

  @Test
  void its_pod_is_admitted_where_only_restricted_ones_are() {
    bed.client.resource(task("train").build()).create();
    Job job = job("train");
    bed.client
        .namespaces()
        .withName(bed.client.getNamespace())
        .edit(
            namespace -> {
              namespace
                  .getMetadata()
                  .getLabels()
                  .put("pod-security.kubernetes.io/enforce", "restricted");
              return namespace;
            });
    serviceAccount();

    bed.client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("probe")
                .endMetadata()
                .withSpec(job.getSpec().getTemplate().getSpec())
                .build())
        .dryRun()
        .create();
  }

  @Test
  void the_annotation_of_the_job_is_the_first_source_of_the_result() {
    bed.client.resource(task("train").build()).create();
    Job job = job("train");
    pod(job, 0, "second", null);
    complete(annotate(job, "{\"loss\":0.25}"));

    Task done = bed.awaitTask("train", task -> task.phase() == TaskPhase.COMPLETED);
    assertThat(done.getStatus().getResults().path("loss").asDouble()).isEqualTo(0.25);
    assertThat(job("train")).as("stays for its log").isNotNull();
  }

  @Test
  void the_termination_message_is_the_second() {
    bed.client.resource(task("train").build()).create();
    Job job = job("train");
    config("train-job-result", "third");
    pod(job, 0, "42", "fifth");
    complete(job);

    assertThat(result("train")).isEqualTo("42");
  }

  @Test
  void a_config_map_is_the_third() {
    bed.client.resource(task("train").build()).create();
    Job job = job("train");
    config("train-job-result", "third");
    secret("train-job-result", "fourth");
    pod(job, 0, null, "fifth");
    complete(job);

    assertThat(result("train")).isEqualTo("third");
  }

  @Test
  void a_secret_is_the_fourth() {
    bed.client.resource(task("train").build()).create();
    Job job = job("train");
    secret("train-job-result", "fourth");
    pod(job, 0, null, "fifth");
    complete(job);

    assertThat(result("train")).isEqualTo("fourth");
  }

  @Test
  void the_annotation_of_the_pod_is_the_last() {
    bed.client.resource(task("train").build()).create();
    Job job = job("train");
    pod(job, 0, null, "fifth");
    complete(job);

    assertThat(result("train")).isEqualTo("fifth");
  }

  @Test
  void a_job_that_failed_fails_its_task_with_the_last_words_of_the_container() {
    bed.client
        .resource(task("train").editSpec().withRestartPolicy(RestartPolicy.NEVER).endSpec().build())
        .create();
    Job job = job("train");
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    pod(job, 1, "no such file: data.csv", null);
    fail(job);

    Task failed = bed.awaitTask("train", task -> task.phase() == TaskPhase.FAILED);
    assertThat(failed.getStatus().getError()).isEqualTo("no such file: data.csv");
    assertThat(TestBed.condition(failed, "Completed").getReason()).isEqualTo("TaskError");
  }

  @Test
  void a_task_that_is_tried_again_has_a_new_job_and_the_environment_of_its_attempt() {
    bed.client
        .resource(
            task("train")
                .editSpec()
                .withNewRetryPolicy()
                .withLimit(1)
                .withBackoff(Backoff.CONSTANT)
                .withInterval("1ms")
                .endRetryPolicy()
                .endSpec()
                .build())
        .create();
    Job first = job("train");

    fail(first);

    Job second =
        bed.await(
            Job.class,
            "train-job",
            job -> job != null && !job.getMetadata().getUid().equals(first.getMetadata().getUid()));
    complete(annotate(second, "42"));
    assertThat(result("train")).isEqualTo("42");
  }

  @Test
  void a_task_that_takes_too_long_fails_and_its_job_goes() {
    bed.client
        .resource(task("slow").editSpec().withActiveDeadlineSeconds(1L).endSpec().build())
        .create();

    Task failed = bed.awaitTask("slow", task -> task.phase() == TaskPhase.FAILED);
    assertThat(TestBed.condition(failed, "Completed").getReason()).isEqualTo("DeadlineExceeded");
    gone("slow");
  }

  @Test
  void deleting_the_task_stops_its_job() {
    bed.client.resource(task("train").build()).create();
    job("train");

    bed.client.resources(Task.class).withName("train").delete();

    gone("train");
    bed.client
        .resources(Task.class)
        .withName("train")
        .waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
  }

  @Test
  void a_job_that_ended_while_the_operator_was_away_is_recorded() throws Exception {
    bed.client.resource(task("train").build()).create();
    Job job = job("train");
    bed.awaitTask("train", task -> task.phase() == TaskPhase.RUNNING);
    bed.stop();
    pod(job, 0, "42", null);
    complete(job);
    bed.restart(UnaryOperator.identity());

    assertThat(result("train")).isEqualTo("42");
  }

  @Test
  void a_job_of_that_name_which_is_somebody_elses_is_left_alone() {
    Job theirs =
        bed.client
            .resource(
                new JobBuilder()
                    .withNewMetadata()
                    .withName("train-job")
                    .endMetadata()
                    .withNewSpec()
                    .withNewTemplate()
                    .withNewSpec()
                    .withRestartPolicy("Never")
                    .addNewContainer()
                    .withName("c")
                    .withImage("i")
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build())
            .create();
    bed.client.resource(task("train").build()).create();

    Task failed = bed.awaitTask("train", task -> task.phase() == TaskPhase.FAILED);
    assertThat(failed.getStatus().getError())
        .isEqualTo("the Job train-job is there already and is not the task's");
    assertThat(job("train").getMetadata().getUid()).isEqualTo(theirs.getMetadata().getUid());
  }

  private static TaskBuilder task(String name) {
    return TestBed.task(name)
        .editSpec()
        .withFile(null)
        .withInputs()
        .withImageUrl("registry.example.com/" + name + ":1")
        .endSpec();
  }

  private Job job(String task) {
    return bed.await(Job.class, task + "-job", found -> true);
  }

  private void gone(String task) {
    bed.client
        .batch()
        .v1()
        .jobs()
        .withName(task + "-job")
        .waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
  }

  private String result(String task) {
    return bed.awaitTask(task, found -> found.phase() == TaskPhase.COMPLETED)
        .getStatus()
        .getResults()
        .textValue();
  }

  private Job annotate(Job job, String result) {
    return bed.client
        .resource(job)
        .edit(
            found ->
                new JobBuilder(found)
                    .editMetadata()
                    .addToAnnotations(PropellerApi.RESULT_ANNOTATION, result)
                    .endMetadata()
                    .build());
  }

  private void complete(Job job) {
    end(job, "SuccessCriteriaMet", "Complete", "CompletionsReached");
  }

  private void fail(Job job) {
    end(job, "FailureTarget", "Failed", "BackoffLimitExceeded");
  }

  private void end(Job job, String first, String second, String reason) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    bed.client
        .resource(job)
        .editStatus(
            found ->
                new JobBuilder(found)
                    .withNewStatus()
                    .withStartTime(now)
                    .withCompletionTime(second.equals("Complete") ? now : null)
                    .withSucceeded(second.equals("Complete") ? 1 : 0)
                    .withConditions(condition(first, reason, now), condition(second, reason, now))
                    .endStatus()
                    .build());
  }

  private static JobCondition condition(String type, String reason, String now) {
    return new JobConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withLastTransitionTime(now)
        .build();
  }

  private void config(String name, String result) {
    bed.client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("result", result)
                .build())
        .create();
  }

  private void secret(String name, String result) {
    bed.client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToStringData("result", result)
                .build())
        .create();
  }

  private void serviceAccount() {
    bed.client
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata().build())
        .create();
  }

  private void pod(Job job, int exitCode, String message, String annotation) {
    serviceAccount();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(job.getMetadata().getName() + "-x")
            .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
            .endMetadata()
            .withSpec(job.getSpec().getTemplate().getSpec())
            .build();
    if (annotation != null) {
      pod.getMetadata().setAnnotations(Map.of(PropellerApi.RESULT_ANNOTATION, annotation));
    }
    bed.client.resource(pod).create();
    bed.client
        .resource(pod)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            bed.client
                .getKubernetesSerialization()
                .asJson(
                    new PodBuilder()
                        .withNewStatus()
                        .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                        .addNewContainerStatus()
                        .withName("task")
                        .withImage("i")
                        .withImageID("i")
                        .withReady(false)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withMessage(message)
                        .withReason("Error")
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build()));
  }
}
