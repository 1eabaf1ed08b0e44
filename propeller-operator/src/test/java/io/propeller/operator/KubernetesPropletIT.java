package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.message.Start;
import io.propeller.testkit.mqtt.Mosquitto;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proplets that are pods; the test plays the part of the Deployment controller. */
@WithServers
class KubernetesPropletIT {

  private TestBed bed;

  @BeforeEach
  void start(KubernetesClient client, Mosquitto broker) throws Exception {
    bed = new TestBed(client, broker, UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void a_proplet_has_a_deployment_that_is_its_own() {
    Proplet proplet = create("pod-1");

    Deployment deployment = deployment("pod-1");
    assertThat(deployment.getMetadata().getOwnerReferences())
        .singleElement()
        .extracting(OwnerReference::getUid, OwnerReference::getController)
        .containsExactly(proplet.getMetadata().getUid(), true);
    assertThat(container(deployment).getImage()).isEqualTo("registry.example.com/proplet:1");
  }

  @Test
  void the_key_of_a_secret_stays_in_it() {
    bed.client
        .resource(
            bed.pod("pod-1")
                .editSpec()
                .editConnectionConfig()
                .withClientKey(null)
                .withNewClientKeySecretRef("client-key", "proplet-credentials", null)
                .endConnectionConfig()
                .endSpec()
                .build())
        .create();

    assertThat(container(deployment("pod-1")).getEnv())
        .filteredOn(variable -> variable.getName().matches("PROPLET_(CLIENT|API)_KEY"))
        .hasSize(2)
        .allSatisfy(
            variable -> {
              assertThat(variable.getValue()).isNull();
              assertThat(variable.getValueFrom().getSecretKeyRef())
                  .extracting("name", "key")
                  .containsExactly("proplet-credentials", "client-key");
            });
  }

  @Test
  void its_pods_are_admitted_where_only_restricted_ones_are() {
    create("pod-1");
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
    bed.client
        .serviceAccounts()
        .resource(
            new io.fabric8.kubernetes.api.model.ServiceAccountBuilder()
                .withNewMetadata()
                .withName("default")
                .endMetadata()
                .build())
        .create();

    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("probe")
            .endMetadata()
            .withSpec(deployment("pod-1").getSpec().getTemplate().getSpec())
            .build();
    Pod admitted = bed.client.resource(pod).dryRun().create();
    assertThat(admitted.getSpec().getVolumes())
        .as("no service account token")
        .extracting("name")
        .containsExactly("tmp");
  }

  @Test
  void what_somebody_changes_of_ours_is_put_right_and_what_is_theirs_stays() {
    create("pod-1");
    Resource<Deployment> resource = bed.client.apps().deployments().withName("pod-1-proplet");
    deployment("pod-1");

    resource.edit(
        deployment ->
            new DeploymentBuilder(deployment)
                .editMetadata()
                .addToAnnotations("team", "edge")
                .endMetadata()
                .editSpec()
                .withReplicas(5)
                .editTemplate()
                .editSpec()
                .addNewContainer()
                .withName("sidecar")
                .withImage("registry.example.com/sidecar:1")
                .endContainer()
                .editMatchingContainer(c -> "proplet".equals(c.getName()))
                .withImage("registry.example.com/other:1")
                .addNewEnv()
                .withName("HTTP_PROXY")
                .withValue("http://proxy")
                .endEnv()
                .addNewEnv()
                .withName("PROPLET_NO_SETTING")
                .withValue("of ours")
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

    Deployment corrected =
        bed.await(
            Deployment.class,
            "pod-1-proplet",
            deployment -> deployment.getSpec().getReplicas() == 1);
    assertThat(corrected.getMetadata().getAnnotations()).containsEntry("team", "edge");
    assertThat(corrected.getSpec().getTemplate().getSpec().getContainers())
        .extracting(Container::getName, Container::getImage)
        .containsExactlyInAnyOrder(
            tuple("proplet", "registry.example.com/proplet:1"),
            tuple("sidecar", "registry.example.com/sidecar:1"));
    assertThat(container(corrected).getEnv())
        .extracting(EnvVar::getName)
        .contains("HTTP_PROXY", "PROPLET_LOG_LEVEL")
        .doesNotContain("PROPLET_NO_SETTING");
  }

  @Test
  void a_changed_proplet_changes_its_deployment_and_an_equal_one_writes_nothing() {
    bed.client
        .resource(
            bed.pod("pod-1")
                .editSpec()
                .withResources(Map.of("cpu", new Quantity("1000m")))
                .endSpec()
                .build())
        .create();
    Deployment before = deployment("pod-1");
    ready("pod-1", 1);
    bed.awaitPhase("pod-1", PropletPhase.RUNNING);
    assertThat(deployment("pod-1").getMetadata().getGeneration())
        .as("1000m, which the server writes as 1, is no change")
        .isEqualTo(before.getMetadata().getGeneration());

    bed.patchProplet(
        "pod-1", "{\"spec\":{\"k8s\":{\"image\":\"registry.example.com/proplet:2\"}}}");

    bed.await(
        Deployment.class,
        "pod-1-proplet",
        deployment -> container(deployment).getImage().endsWith(":2"));
  }

  @Test
  void it_runs_when_all_replicas_are_ready_and_is_offline_when_they_are_not_any_more() {
    create("pod-1");
    Proplet waiting = bed.awaitProplet("pod-1", proplet -> proplet.getStatus() != null);
    assertThat(waiting.getStatus().getPhase()).isEqualTo(PropletPhase.INITIALIZING);
    assertThat(TestBed.condition(waiting, "Ready").getReason()).isEqualTo("PodsNotReady");

    ready("pod-1", 1);
    Proplet running = bed.awaitPhase("pod-1", PropletPhase.RUNNING);
    assertThat(running.getStatus().getK8sStatus().getReadyReplicas()).isEqualTo(1);
    assertThat(running.getStatus().getK8sStatus().getAvailableReplicas()).isEqualTo(1);
    assertThat(TestBed.condition(running, "Ready").getStatus()).isEqualTo("True");
    assertThat(TestBed.condition(running, "Healthy").getStatus()).isEqualTo("True");
    assertThat(TestBed.condition(running, "Connected").getReason()).isEqualTo("NeverSeen");

    ready("pod-1", 0);
    Proplet offline = bed.awaitPhase("pod-1", PropletPhase.OFFLINE);
    assertThat(TestBed.condition(offline, "Ready").getMessage()).isEqualTo("0 of 1 pods are ready");
  }

  @Test
  void a_pod_that_becomes_a_device_loses_its_deployment() {
    create("pod-1");
    deployment("pod-1");

    bed.patchProplet("pod-1", "{\"spec\":{\"type\":\"external\"}}");

    bed.client
        .apps()
        .deployments()
        .withName("pod-1-proplet")
        .waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
  }

  @Test
  void several_replicas_of_one_identity_are_refused_and_it_says_why() {
    bed.client
        .resource(bed.pod("many").editSpec().editK8s().withReplicas(3).endK8s().endSpec().build())
        .create();

    Proplet refused =
        bed.awaitProplet(
            "many",
            proplet -> TestBed.condition(proplet, "Ready").getReason().equals("SharedIdentity"));
    assertThat(TestBed.condition(refused, "Ready").getMessage())
        .startsWith("spec.k8s.replicas is 3");
    assertThat(bed.client.apps().deployments().withName("many-proplet").get()).isNull();
  }

  @Test
  void a_deployment_of_that_name_which_is_somebody_elses_is_left_alone() {
    Deployment theirs =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("pod-1-proplet")
            .endMetadata()
            .withNewSpec()
            .withNewSelector()
            .addToMatchLabels("app", "theirs")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "theirs")
            .endMetadata()
            .withNewSpec()
            .withContainers(new ContainerBuilder().withName("c").withImage("i").build())
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    theirs = bed.client.resource(theirs).create();
    create("pod-1");

    bed.awaitProplet(
        "pod-1", proplet -> TestBed.condition(proplet, "Ready").getReason().equals("NameTaken"));
    assertThat(deployment("pod-1").getMetadata().getResourceVersion())
        .isEqualTo(theirs.getMetadata().getResourceVersion());
  }

  @Test
  void a_task_with_its_module_inline_is_told_to_the_pods_own_runtime_once_that_has_connected() {
    create("pod-1");
    deployment("pod-1");
    ready("pod-1", 1);
    bed.client.resource(TestBed.task("add").build()).create();
    bed.awaitTask(
        "add",
        task ->
            TestBed.condition(task, "Scheduled")
                .getMessage()
                .contains("propeller.propeller.abstractmachines.fr/disconnected"));

    try (ScriptedProplet worker = bed.worker("pod-1")) {
      worker.aliveUntil(() -> bed.proplets("pod-1").get().getStatus().isAlive());
      Start start = worker.nextStart();
      worker.answer(start.id(), "42");

      Task done = bed.awaitTask("add", task -> task.phase() == TaskPhase.COMPLETED);
      assertThat(done.getStatus().getAssignedProplet()).isEqualTo("pod-1");
    }
  }

  private Proplet create(String name) {
    return bed.client.resource(bed.pod(name).build()).create();
  }

  private Deployment deployment(String name) {
    return bed.await(Deployment.class, name + "-proplet", deployment -> true);
  }

  private void ready(String name, int replicas) {
    bed.client
        .apps()
        .deployments()
        .withName(name + "-proplet")
        .editStatus(
            deployment ->
                new DeploymentBuilder(deployment)
                    .withNewStatus()
                    .withReplicas(1)
                    .withReadyReplicas(replicas)
                    .withAvailableReplicas(replicas)
                    .endStatus()
                    .build());
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
        .filter(container -> "proplet".equals(container.getName()))
        .findFirst()
        .orElseThrow();
  }
}
