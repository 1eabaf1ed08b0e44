package io.propeller.operator.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.propeller.api.v1.Executor;
import io.propeller.api.v1.RestartPolicy;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.model.WorkerKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTemplateTest {

  private static final String UID = "c0f3fdd7-7e4d-4a9d-9d0a-000000000001";

  @ParameterizedTest
  @CsvSource({
    "K8S, AUTO, registry.example.com/a:1, JOB",
    "K8S, AUTO, , WORKER",
    "K8S, AUTO, https://example.com/a.wasm, WORKER",
    "K8S, JOB, registry.example.com/a:1, JOB",
    "K8S, MQTT, registry.example.com/a:1, WORKER",
    "EXTERNAL, AUTO, registry.example.com/a:1, WORKER"
  })
  void an_image_on_a_pod_is_a_job_and_all_else_the_workers(
      WorkerKind kind, Executor executor, String image, Execution expected) {
    Task task = task().editSpec().withExecutor(executor).withImageUrl(image).endSpec().build();

    assertThat(Execution.of(task.getSpec(), kind)).isEqualTo(expected);
  }

  @Test
  void what_is_called_and_what_calls_is_the_workers_on_a_pod_too() {
    Task image = task().editSpec().withImageUrl("registry.example.com/add:1").endSpec().build();
    assertThat(Execution.of(image.getSpec(), WorkerKind.K8S)).isEqualTo(Execution.JOB);

    Task latent = new TaskBuilder(image).editSpec().withLatent(true).endSpec().build();
    Task caller = new TaskBuilder(image).editSpec().withInvokes("adder").endSpec().build();

    assertThat(Execution.of(latent.getSpec(), WorkerKind.K8S)).isEqualTo(Execution.WORKER);
    assertThat(Execution.of(caller.getSpec(), WorkerKind.K8S)).isEqualTo(Execution.WORKER);
  }

  @Test
  void a_job_is_what_the_task_says() {
    Task task =
        task()
            .editSpec()
            .withCliArgs("--fast", "1")
            .withActiveDeadlineSeconds(60L)
            .withNewResourceRequirements()
            .withCpu(new Quantity("500m"))
            .addToCustom("slots", new Quantity("1"))
            .endResourceRequirements()
            .endSpec()
            .build();

    Job job = JobTemplate.job(task, new AttemptId(UID, 2));

    assertThat(job.getMetadata().getName()).isEqualTo("add-job");
    assertThat(job.getMetadata().getAnnotations()).containsValue(UID + "-2");
    assertThat(job.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(UID));
    assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(60);
    Container container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(container.getImage()).isEqualTo("registry.example.com/add:1");
    assertThat(container.getArgs()).containsExactly("--fast", "1");
    assertThat(container.getEnvFrom())
        .singleElement()
        .satisfies(from -> assertThat(from.getConfigMapRef().getName()).isEqualTo("add-config"));
    assertThat(container.getResources().getRequests())
        .isEqualTo(Map.of("cpu", new Quantity("500m")))
        .isEqualTo(container.getResources().getLimits());
  }

  @ParameterizedTest
  @CsvSource({", Never, 0", "NEVER, Never, 0", "ON_FAILURE, OnFailure, 6", "ALWAYS, OnFailure, 6"})
  void a_pod_that_failed_is_started_again_if_the_task_says_so(
      RestartPolicy policy, String ofPod, int backoff) {
    Job job =
        JobTemplate.job(
            task().editSpec().withRestartPolicy(policy).endSpec().build(), new AttemptId(UID, 1));

    assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo(ofPod);
    assertThat(job.getSpec().getBackoffLimit()).isEqualTo(backoff);
  }

  @Test
  void the_environment_is_in_a_config_map_of_the_tasks() {
    assertThat(JobTemplate.config(task().build(), Map.of("A", "1")))
        .satisfies(
            config -> {
              assertThat(config.getMetadata().getName()).isEqualTo("add-config");
              assertThat(config.getData()).isEqualTo(Map.of("A", "1"));
              assertThat(config.getMetadata().getOwnerReferences()).hasSize(1);
            });
  }

  @Test
  void what_cannot_be_a_job_is_refused_by_the_name_of_the_field() {
    assertRefused(task().editSpec().withImageUrl(null).endSpec().build(), "spec.imageUrl");
    assertRefused(
        task().editMetadata().withName("a".repeat(60)).endMetadata().build(), "metadata.name");
    assertRefused(task().editSpec().addToEnv("A B", "1").endSpec().build(), "spec.env");
  }

  private static void assertRefused(Task task, String field) {
    assertThatThrownBy(() -> JobTemplate.check(task))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(field.startsWith("spec.image") ? "spec.executor" : field)
        .hasMessageContaining(field);
  }

  private static TaskBuilder task() {
    return new TaskBuilder()
        .withNewMetadata()
        .withName("add")
        .withNamespace("lab")
        .withUid(UID)
        .endMetadata()
        .withNewSpec()
        .withImageUrl("registry.example.com/add:1")
        .endSpec();
  }
}
