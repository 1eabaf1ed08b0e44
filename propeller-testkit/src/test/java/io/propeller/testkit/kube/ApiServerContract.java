package io.propeller.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator relies on, of the embedded server as of the real one. */
abstract class ApiServerContract {

  static final List<Class<? extends HasMetadata>> TYPES = List.of(Proplet.class, Task.class);

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          priority: 101           | spec.priority: Invalid value: 101: spec.priority in body should be less than or equal to 100
          priority: -1            | spec.priority: Invalid value: -1: spec.priority in body should be greater than or equal to 0
          priority: high          | spec.priority: Invalid value: "string": spec.priority in body must be of type integer: "string"
          kind: odd               | spec.kind: Unsupported value: "odd": supported values: "federated", "standard"
          cliArgs: {a: b}         | spec.cliArgs: Invalid value: "object": spec.cliArgs in body must be of type array: "object"
          cliArgs: [a, 1]         | spec.cliArgs[1]: Invalid value: "integer": spec.cliArgs[1] in body must be of type string: "integer"
          """)
  void aMistakeInAManifestIsRefusedNamingFieldAndValue(
      String line, String message, KubernetesClient client) {
    KubernetesClientException refusal = refusalOf(client, task("bad", line));

    assertThat(refusal.getCode()).isEqualTo(422);
    assertThat(refusal.getStatus().getMessage())
        .startsWith("Task.propeller.propeller.abstractmachines.fr \"bad\" is invalid: ")
        .contains(message);
  }

  @Test
  void aModuleOfAFewHundredKilobytesIsTaken(KubernetesClient client) {
    String module = Base64.getEncoder().encodeToString(new byte[300_000]);
    Task task = new TaskBuilder().withNewMetadata().withName("large").endMetadata().build();
    task.getSpec().setFile(module);

    Task created = client.resource(task).create();

    assertThat(created.getSpec().getFile()).isEqualTo(module);
  }

  @Test
  void aMissingFieldIsNamed(KubernetesClient client) {
    KubernetesClientException refusal =
        refusalOf(
            client,
            resource(
                """
                apiVersion: propeller.propeller.abstractmachines.fr/v1
                kind: Proplet
                metadata:
                  name: bad
                spec:
                  external: {deviceType: esp32}
                """));

    assertThat(refusal.getStatus().getMessage()).contains("spec.type: Required value");
  }

  @Test
  void defaultsAreFilledInAndUnknownFieldsAndTheStatusDropped(KubernetesClient client) {
    GenericKubernetesResource created =
        client
            .resource(
                resource(
                    """
                    apiVersion: propeller.propeller.abstractmachines.fr/v1
                    kind: Task
                    metadata:
                      name: defaults
                    spec:
                      imageUrl: example.com/add:v1
                      colour: red
                    status:
                      phase: completed
                    """))
            .create();

    assertThat(created.<Object>get("spec", "priority")).isEqualTo(50);
    assertThat(created.<Object>get("spec", "colour")).isNull();
    assertThat(created.getAdditionalProperties()).doesNotContainKey("status");
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void theStatusAndTheRestAreWrittenApart(KubernetesClient client) {
    Resource<GenericKubernetesResource> task = client.resource(task("apart", "priority: 1"));
    task.create();

    task.subresource("status")
        .patch(MERGE, "{\"status\":{\"phase\":\"running\"},\"spec\":{\"priority\":2}}");
    task.patch(
        MERGE, "{\"status\":{\"phase\":\"failed\"},\"metadata\":{\"labels\":{\"a\":\"b\"}}}");

    GenericKubernetesResource after = task.get();
    assertThat(after.<Object>get("status", "phase")).isEqualTo("running");
    assertThat(after.<Object>get("spec", "priority")).isEqualTo(1);
    assertThat(after.getMetadata().getLabels()).containsEntry("a", "b");
  }

  @Test
  void aStatusIsReplacedByOneThatComesWithoutTheRest(KubernetesClient client) {
    Resource<GenericKubernetesResource> task = client.resource(task("replaced", "priority: 1"));
    task.create();
    String version =
        task.subresource("status")
            .patch(MERGE, "{\"status\":{\"phase\":\"running\",\"error\":\"none\"}}")
            .getMetadata()
            .getResourceVersion();
    GenericKubernetesResource status =
        resource(
            """
            apiVersion: propeller.propeller.abstractmachines.fr/v1
            kind: Task
            metadata:
              name: replaced
              resourceVersion: "%s"
            status:
              phase: completed
              results: {sum: 42, rest: null}
            """
                .formatted(version));

    client.resource(status).updateStatus();
    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class, () -> client.resource(status).updateStatus());

    GenericKubernetesResource after = task.get();
    assertThat(after.<Object>get("status", "phase")).isEqualTo("completed");
    assertThat(after.<Map<String, Object>>get("status", "results"))
        .containsEntry("sum", 42)
        .containsEntry("rest", null);
    assertThat(after.<Object>get("status", "error")).isNull();
    assertThat(after.<Object>get("spec", "priority")).isEqualTo(1);
    assertThat(refusal.getCode()).isEqualTo(409);
  }

  @Test
  void theGenerationCountsChangesOfTheSpecAlone(KubernetesClient client) {
    Resource<GenericKubernetesResource> task = client.resource(task("counted", "priority: 1"));
    task.create();

    task.subresource("status").patch(MERGE, "{\"status\":{\"phase\":\"pending\"}}");
    task.patch(MERGE, "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
    assertThat(task.get().getMetadata().getGeneration()).isEqualTo(1);

    task.patch(MERGE, "{\"spec\":{\"priority\":2}}");
    assertThat(task.get().getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void aWriteThatRestsOnAnOldVersionIsRefused(KubernetesClient client) {
    Resource<GenericKubernetesResource> task = client.resource(task("raced", "priority: 1"));
    String version = task.create().getMetadata().getResourceVersion();
    String locked =
        "{\"metadata\":{\"resourceVersion\":\"" + version + "\"},\"status\":{\"phase\":\"%s\"}}";

    task.subresource("status").patch(MERGE, locked.formatted("running"));
    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> task.subresource("status").patch(MERGE, locked.formatted("failed")));

    assertThat(refusal.getCode()).isEqualTo(409);
    assertThat(task.get().<Object>get("status", "phase")).isEqualTo("running");
  }

  @Test
  void aStatusThatTheSchemaDoesNotAllowIsRefused(KubernetesClient client) {
    Resource<GenericKubernetesResource> task = client.resource(task("wrong", "priority: 1"));
    task.create();

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> task.subresource("status").patch(MERGE, "{\"status\":{\"phase\":\"lost\"}}"));

    assertThat(refusal.getStatus().getMessage())
        .contains("status.phase: Unsupported value: \"lost\": supported values: ");
  }

  @Test
  void aDeletedObjectStaysUntilItsLastFinalizerGoes(KubernetesClient client) {
    Resource<GenericKubernetesResource> task = client.resource(task("final", "priority: 1"));
    task.create();
    task.patch(MERGE, "{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");

    task.delete();
    assertThat(task.get().isMarkedForDeletion()).isTrue();

    task.patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
    assertThat(task.get()).isNull();
  }

  @Test
  void serverSideApplyCreatesAndThenMerges(KubernetesClient client) {
    client.resource(task("applied", "priority: 1")).serverSideApply();
    GenericKubernetesResource after =
        client.resource(task("applied", "priority: 2")).serverSideApply();

    assertThat(after.<Object>get("spec", "priority")).isEqualTo(2);
  }

  @Test
  void aWatchSeesEveryWrite(KubernetesClient client) throws InterruptedException {
    BlockingQueue<Watcher.Action> seen = new LinkedBlockingQueue<>();
    Watcher<Task> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, Task task) {
            seen.add(action);
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add(Action.ERROR);
          }
        };
    Resource<GenericKubernetesResource> task = client.resource(task("watched", "priority: 1"));
    try (var watch = client.resources(Task.class).withName("watched").watch(watcher)) {
      assertThat(watch).isNotNull();
      task.create();
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(Watcher.Action.ADDED);
      task.subresource("status").patch(MERGE, "{\"status\":{\"phase\":\"running\"}}");
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(Watcher.Action.MODIFIED);
      task.delete();
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(Watcher.Action.DELETED);
    }
  }

  private static KubernetesClientException refusalOf(
      KubernetesClient client, GenericKubernetesResource bad) {
    return catchThrowableOfType(
        KubernetesClientException.class, () -> client.resource(bad).create());
  }

  private static GenericKubernetesResource task(String name, String line) {
    return resource(
        """
        apiVersion: propeller.propeller.abstractmachines.fr/v1
        kind: Task
        metadata:
          name: %s
        spec:
          imageUrl: example.com/add:v1
          %s
        """
            .formatted(name, line));
  }

  private static GenericKubernetesResource resource(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }
}
