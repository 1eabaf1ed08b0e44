package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.kube.WithKubeControlPlane;
import io.propeller.testkit.mqtt.Mosquitto;
import io.propeller.testkit.mqtt.WithMosquitto;
import io.propeller.testkit.proplet.WasmProplet;
import io.propeller.testkit.proplet.WasmPropletOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The manifests that users have do what they say: with an operator, and a worker that runs their
 * modules.
 */
@WithKubeControlPlane(
    install = {
      Proplet.class,
      Task.class,
      PropellerJob.class,
      FederatedJob.class,
      TrainingRound.class
    })
@WithMosquitto
class ExamplesIT {

  private static final Path MANIFESTS =
      Path.of("src", "test", "resources", "io", "propeller", "api", "manifests");

  /** What the manifests name. */
  private static final Channel CHANNEL =
      Channel.of("3053156a-1994-4776-9e18-8c5d8883647c", "c19ded40-eeec-448e-86e9-42f490c766a4");

  private static final String DEVICE = "b64502f0-25bc-4926-8fbc-ad508f75d96c";

  private KubernetesClient client;
  private PropellerOperator operator;
  private WasmProplet device;

  @BeforeEach
  void start(KubernetesClient client, Mosquitto broker) throws IOException {
    this.client = client;
    OperatorOptions.Builder options = OperatorOptions.builder();
    operator =
        PropellerOperator.start(
            client,
            options
                .mqttAddress(broker.address())
                .channel(CHANNEL)
                .addWatchNamespaces(client.getNamespace())
                .build());
    apply("proplet-external.yaml");
    device =
        WasmProplet.start(
            WasmPropletOptions.of(broker.address(), CHANNEL, DEVICE)
                .withHeartbeat(Duration.ofMillis(200)));
    await(
        Proplet.class,
        "my-external-proplet",
        proplet ->
            proplet.getStatus() != null && proplet.getStatus().getPhase() == PropletPhase.RUNNING);
  }

  @AfterEach
  void stop() {
    device.close();
    operator.close();
  }

  @Test
  void a_task_adds_and_a_job_takes_it_in() throws IOException {
    apply("task-addition.yaml");
    assertThat(result("addition-wasm")).isEqualTo("42");

    apply("propellerjob.yaml");
    PropellerJob job =
        await(
            PropellerJob.class,
            "sample-propeller-job",
            one -> one.getStatus() != null && one.getStatus().getPhase() == JobPhase.COMPLETED);
    assertThat(job.getStatus().getTaskCount()).isEqualTo(3);
    assertThat(job.getStatus().getCompletedCount()).isEqualTo(3);
    assertThat(result("sample-propeller-job-job-task-1")).isEqualTo("30");
    assertThat(result("sample-propeller-job-job-task-2")).isEqualTo("70");
  }

  @Test
  void a_workflow_runs_in_its_order() throws IOException {
    apply("task-dag.yaml");

    assertThat(result("dag-task-b")).isEqualTo("20");
    assertThat(startedAt("dag-task-b"))
        .isAfterOrEqualTo(task("dag-task-a").getStatus().getFinishedAt());
  }

  @Test
  void a_recurring_task_is_planned_for_its_next_five_minutes() throws IOException {
    apply("task-recurring.yaml");

    Task planned =
        await(
            Task.class,
            "recurring-task",
            task -> task.getStatus() != null && task.getStatus().getNextRun() != null);
    assertThat(planned.phase()).isEqualTo(TaskPhase.PENDING);
    assertThat(planned.getStatus().getNextRun())
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(5)));
    assertThat(planned.getStatus().getNextRun().getEpochSecond() % 300).isZero();
  }

  @Test
  void a_task_without_a_module_says_what_it_lacks() throws IOException {
    apply("task-by-capability.yaml");

    Task failed = await(Task.class, "my-task", task -> task.phase() == TaskPhase.FAILED);
    assertThat(failed.getStatus().getError()).contains("spec.file", "spec.imageUrl");
  }

  @Test
  void a_proplet_of_pods_gets_its_deployment() throws IOException {
    apply("proplet-k8s.yaml");

    client
        .apps()
        .deployments()
        .withName("my-k8s-proplet-proplet")
        .waitUntilCondition(ExamplesIT::isAsWritten, 20, TimeUnit.SECONDS);
  }

  private static boolean isAsWritten(Deployment deployment) {
    return deployment != null
        && deployment.getSpec().getTemplate().getSpec().getContainers().stream()
            .anyMatch(
                container ->
                    container.getImage().equals("my-worker-image:latest")
                        && container.getEnv().stream()
                            .anyMatch(
                                variable ->
                                    variable.getName().equals("PROPLET_CLIENT_KEY")
                                        && variable
                                            .getValueFrom()
                                            .getSecretKeyRef()
                                            .getName()
                                            .equals("proplet-credentials")));
  }

  private void apply(String manifest) throws IOException {
    try (InputStream text = Files.newInputStream(MANIFESTS.resolve(manifest))) {
      List<HasMetadata> made = client.load(text).create();
      assertThat(made).isNotEmpty();
    }
  }

  private String result(String task) {
    return await(Task.class, task, one -> one.phase() == TaskPhase.COMPLETED)
        .getStatus()
        .getResults()
        .textValue();
  }

  private Instant startedAt(String task) {
    return task(task).getStatus().getStartedAt();
  }

  private Task task(String name) {
    return client.resources(Task.class).withName(name).get();
  }

  private <R extends HasMetadata> R await(Class<R> kind, String name, Predicate<R> condition) {
    return client
        .resources(kind)
        .withName(name)
        .waitUntilCondition(found -> found != null && condition.test(found), 30, TimeUnit.SECONDS);
  }
}
