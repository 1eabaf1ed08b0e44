package io.propeller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.api.v1.Crds;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.LaterManifests;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskStatus;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.ValidManifests;
import io.propeller.testkit.kube.WithKubeControlPlane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithKubeControlPlane(
    install = {
      Proplet.class,
      Task.class,
      PropellerJob.class,
      FederatedJob.class,
      TrainingRound.class
    })
class RulesIT {

  private static final String STARTED = "the spec of a task that has started cannot change";

  private static final String LATENT =
      "latent is true, so the task waits on its worker to be called and does nothing else: daemon,"
          + " broadcast and isRecurring must be false, executor not job, kind standard, and invokes"
          + " left out";

  private static final String INVOKES =
      "invokes names a latent task, whose function is called where that runs: leave out file,"
          + " imageUrl, functionName, cliArgs, propletSelector and resourceRequirements; daemon,"
          + " broadcast and encrypted must be false, executor not job, kind standard";

  /**
   * One rule, by two changes to the minimal object.
   *
   * @param field what the refusal names
   */
  record Rule(
      Class<? extends HasMetadata> kind,
      String accepted,
      String refused,
      String field,
      String message) {

    @Override
    public String toString() {
      return kind.getSimpleName() + ": " + message;
    }
  }

  static List<Rule> rules() {
    return List.of(
        new Rule(
            Proplet.class,
            "{type: k8s, k8s: {image: worker}}",
            "{type: k8s}",
            "spec.k8s",
            "a proplet of type k8s needs spec.k8s.image, the image of its pods"),
        new Rule(
            Proplet.class,
            "connectionConfig: {domainId: null, tenantId: t}",
            "connectionConfig: {tenantId: t}",
            "spec.connectionConfig.domainId",
            "exactly one of domainId and tenantId, its other name, must be set"),
        new Rule(
            Proplet.class,
            "connectionConfig: {clientId: null, entityId: e}",
            "connectionConfig: {clientId: null}",
            "spec.connectionConfig.clientId",
            "exactly one of clientId and entityId, its other name, must be set"),
        new Rule(
            Proplet.class,
            "connectionConfig: {clientKey: '', apiKeySecretRef: {name: s, key: k}}",
            "connectionConfig: {clientKeySecretRef: {name: s, key: k}}",
            "spec.connectionConfig.clientKey",
            "exactly one of clientKey and clientKeySecretRef, or of their other names apiKey and"
                + " apiKeySecretRef, must be set"),
        new Rule(
            Proplet.class,
            "connectionConfig: {mqttAddress: 'broker:1883'}",
            "connectionConfig: {mqttAddress: 'http://broker:1883'}",
            "spec.connectionConfig.mqttAddress",
            "the address of a broker is host:port, or starts with tcp://, mqtt://, ssl:// or"
                + " mqtts://"),
        new Rule(
            Task.class,
            "{broadcast: true, propletSelector: {matchDeviceTypes: [esp32]}}",
            "{broadcast: true, propletSelector: {propletId: edge-7}}",
            "spec.broadcast",
            "a broadcast goes to every proplet that matches: leave out propletSelector.propletId"),
        new Rule(
            Task.class,
            "{isRecurring: true, schedule: '*/5 * * * *'}",
            "{isRecurring: true}",
            "spec.schedule",
            "a recurring task needs schedule, a cron expression of five fields"),
        new Rule(
            Task.class,
            "{file: AAAA, imageUrl: ''}",
            "{file: AAAA, imageUrl: registry.example.com/add:1}",
            "spec.file",
            "the module is either inline in file or named in imageUrl, not both"),
        new Rule(
            Task.class,
            "{encrypted: true, imageUrl: registry.example.com/add:1}",
            "{encrypted: true, file: AAAA}",
            "spec.encrypted",
            "an encrypted module cannot be inline: name it in imageUrl"),
        new Rule(
            Task.class,
            "{executor: job, imageUrl: registry.example.com/add:1}",
            "{executor: job, file: AAAA}",
            "spec.executor",
            "executor job runs an image: name it in imageUrl"),
        new Rule(
            Task.class,
            "{latent: true, executor: mqtt, invokes: null}",
            "{latent: true, daemon: true}",
            "spec.latent",
            LATENT),
        new Rule(
            Task.class,
            "{latent: true, file: AAAA}",
            "{latent: true, broadcast: true}",
            "spec.latent",
            LATENT),
        new Rule(
            Task.class,
            "{latent: false, daemon: true}",
            "{latent: true, isRecurring: true, schedule: '* * * * *'}",
            "spec.latent",
            LATENT),
        new Rule(
            Task.class,
            "{latent: true, imageUrl: registry.example.com/add:1}",
            "{latent: true, executor: job, imageUrl: registry.example.com/add:1}",
            "spec.latent",
            LATENT),
        new Rule(
            Task.class,
            "{latent: true, kind: standard}",
            "{latent: true, kind: federated}",
            "spec.latent",
            LATENT),
        new Rule(
            Task.class,
            "{invokes: adder, inputs: [1, 2], latent: false}",
            "{invokes: adder, latent: true}",
            "spec.latent",
            LATENT),
        new Rule(
            Task.class,
            "{invokes: adder}",
            "{invokes: adder, file: AAAA}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, file: '', isRecurring: true, schedule: '* * * * *'}",
            "{invokes: adder, imageUrl: registry.example.com/add:1}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, functionName: ''}",
            "{invokes: adder, functionName: add}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, cliArgs: []}",
            "{invokes: adder, cliArgs: [a]}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, env: {A: b}}",
            "{invokes: adder, propletSelector: {propletId: edge-7}}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, dependsOn: [d], workflowId: w}",
            "{invokes: adder, resourceRequirements: {cpu: 1}}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, retryPolicy: {limit: 2}}",
            "{invokes: adder, daemon: true}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, broadcast: false}",
            "{invokes: adder, broadcast: true}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{invokes: adder, executor: auto}",
            "{invokes: adder, kind: federated}",
            "spec.invokes",
            INVOKES),
        new Rule(
            Task.class,
            "{dependsOn: [a], jobId: j}",
            "{dependsOn: [a]}",
            "spec.dependsOn",
            "dependsOn needs workflowId or jobId, the group that its names belong to"),
        new Rule(
            Task.class,
            "file: " + "A".repeat(1 << 20),
            "file: " + "A".repeat((1 << 20) + 4),
            "spec.file",
            "the module is larger than 768 KiB, the most that can be inline: publish it and name"
                + " it in imageUrl"),
        new Rule(
            Task.class,
            "tolerations: [{key: k, operator: Exists}]",
            "tolerations: [{key: k, operator: Exists, value: v}]",
            "spec.tolerations[0].value",
            "operator Exists takes any value: leave out value"),
        new Rule(
            Task.class,
            "tolerations: [{operator: Exists}]",
            "tolerations: [{effect: NoExecute}]",
            "spec.tolerations[0].key",
            "operator Equal needs key; to tolerate every taint use operator Exists"),
        new Rule(
            Task.class,
            "retryPolicy: {interval: 60s, maxInterval: 1m}",
            "retryPolicy: {interval: 6m}",
            "spec.retryPolicy.maxInterval",
            "maxInterval must not be shorter than interval"),
        new Rule(
            Task.class,
            "propletSelector: {matchExpressions: [{key: k, operator: Exists}]}",
            "propletSelector: {matchExpressions: [{key: k, operator: In}]}",
            "spec.propletSelector.matchExpressions",
            "operators In and NotIn need values; Exists and DoesNotExist take none"),
        new Rule(
            PropellerJob.class,
            "tasks: [{name: a}, {name: b, dependsOn: [a]}]",
            "tasks: [{name: a}, {file: AAAA}]",
            "spec.tasks",
            "every task of a job needs name, from which its Task is named"),
        new Rule(
            FederatedJob.class,
            "{taskWasmImage: null, taskFile: AAAA}",
            "{taskFile: AAAA}",
            "spec.taskWasmImage",
            "exactly one of taskWasmImage and taskFile, the module that trains, must be set"),
        new Rule(
            FederatedJob.class,
            "{taskWasmImage: null, taskFile: " + "A".repeat(1 << 20) + "}",
            "{taskWasmImage: null, taskFile: " + "A".repeat((1 << 20) + 4) + "}",
            "spec.taskFile",
            "the module is larger than 768 KiB, the most that can be inline: publish it and name"
                + " it in taskWasmImage"),
        new Rule(
            FederatedJob.class,
            "{participants: null, participantSelector: {}, participantCount: 2}",
            "{participants: null}",
            "spec.participants",
            "exactly one of participants and participantSelector must be set"),
        new Rule(
            FederatedJob.class,
            "{participants: [], participantSelector: {}, participantCount: 3}",
            "{participants: [], participantSelector: {}}",
            "spec.participantCount",
            "participantSelector and participantCount belong together"),
        new Rule(
            FederatedJob.class,
            "kOfN: 1",
            "kOfN: 3",
            "spec.kOfN",
            "kOfN must not exceed the number of participants"),
        new Rule(
            FederatedJob.class,
            "{participants: null, participantSelector: {}, participantCount: 2}",
            "{participants: null, participantSelector: {}, participantCount: 1}",
            "spec.kOfN",
            "kOfN must not exceed participantCount"),
        new Rule(
            TrainingRound.class,
            "kOfN: 1",
            "kOfN: 3",
            "spec.kOfN",
            "kOfN must not exceed the number of participants"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anObjectThatObeysIsAcceptedAndOneThatDoesNotIsRefused(Rule rule, KubernetesClient client) {
    RawApi api = new RawApi(client);

    assertThat(api.complaints(rule.kind(), Minimal.with(rule.kind(), rule.accepted()))).isEmpty();
    assertThat(api.complaints(rule.kind(), Minimal.with(rule.kind(), rule.refused())))
        .as("refusal, which names the field and says what is wrong")
        .anySatisfy(
            cause -> {
              assertThat(cause.getField()).isEqualTo(rule.field());
              assertThat(cause.getMessage()).endsWith(": " + rule.message());
            });
  }

  @Test
  void aManifestOfTheLaterGroupIsAcceptedOnceConverted(KubernetesClient client) {
    ObjectNode later =
        Minimal.with(
            Proplet.class,
            """
            connectionConfig:
              {domainId: null, tenantId: t, clientId: null, entityId: e, clientKey: null, apiKey: k}
            """);
    later.put("apiVersion", LaterManifests.GROUP + "/v1");

    JsonNode created = new RawApi(client).create(Proplet.class, LaterManifests.convert(later));

    assertThat(created.at("/spec/connectionConfig/clientId").asText()).isEqualTo("e");
  }

  @Test
  void everyRuleOfTheDefinitionsIsTestedHere() {
    Set<String> tested = rules().stream().map(rule -> rule.message()).collect(Collectors.toSet());

    Set<String> all =
        Crds.kinds().stream()
            .flatMap(kind -> messages(ValidManifests.schemaOf(kind)))
            .filter(message -> !message.startsWith(STARTED))
            .collect(Collectors.toSet());

    assertThat(tested).isEqualTo(all);
  }

  private static Stream<String> messages(JSONSchemaProps schema) {
    Stream<String> inside =
        schema.getItems() != null
            ? messages(schema.getItems().getSchema())
            : schema.getProperties() == null
                ? Stream.empty()
                : schema.getProperties().values().stream().flatMap(RulesIT::messages);
    return Stream.concat(
        schema.getXKubernetesValidations().stream().map(ValidationRule::getMessage), inside);
  }

  @Test
  void theSpecOfAStartedTaskStaysAsItIs(KubernetesClient client) {
    RawApi api = new RawApi(client);
    ObjectNode started = startedTask(api);
    List<String> spared = new ArrayList<>();

    for (String field :
        ValidManifests.schemaOf(Task.class).getProperties().get("spec").getProperties().keySet()) {
      ObjectNode changed = anotherValue(started, field);
      KubernetesClientException refusal =
          catchThrowableOfType(
              KubernetesClientException.class, () -> api.tryToReplace(Task.class, changed));
      if (refusal == null) {
        spared.add(field);
      } else {
        assertThat(refusal).hasMessageContaining("spec." + field + ": " + STARTED);
      }
    }

    assertThat(spared).containsExactlyInAnyOrder("suspend", "ttlSecondsAfterFinished");
  }

  @Test
  void whatMayChangeTakesNothingElseWithIt(KubernetesClient client) {
    RawApi api = new RawApi(client);
    ObjectNode changed = anotherValue(anotherValue(startedTask(api), "metadata"), "suspend");

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class, () -> api.tryToReplace(Task.class, changed));

    assertThat(refusal).hasMessageContaining("spec.metadata: " + STARTED);
  }

  @Test
  void aNewerStatusBesideItDoesNotCoverAChangeOfTheSpec(KubernetesClient client) {
    RawApi api = new RawApi(client);
    ObjectNode changed = anotherValue(startedTask(api), "priority");
    ((ObjectNode) changed.get("status")).put("updatedAt", "2026-01-31T13:00:00Z");

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class, () -> api.tryToReplace(Task.class, changed));
    JsonNode written = api.replaceStatus(Task.class, changed);

    assertThat(refusal).hasMessageContaining("spec.priority: " + STARTED);
    assertThat(written.at("/status/updatedAt").asText()).isEqualTo("2026-01-31T13:00:00Z");
    assertThat(written.at("/spec/priority")).isNotEqualTo(changed.at("/spec/priority"));
  }

  @Test
  void anInputThatBecomesItsTextIsNoChange(KubernetesClient client) {
    RawApi api = new RawApi(client);
    api.create(Task.class, Minimal.with(Task.class, "inputs: [10, 32]"));
    client.resources(Task.class).withName("x").editStatus(RulesIT::start);

    Task edited = client.resources(Task.class).withName("x").get();
    edited.getSpec().setSuspend(true);
    client.resource(edited).update();

    assertThat(api.read(Task.class, "x").at("/spec/inputs/0").asText()).isEqualTo("10");
    assertThat(api.read(Task.class, "x").at("/spec/suspend").asBoolean()).isTrue();
  }

  @Test
  void theSpecOfATaskThatHasNotStartedMayChange(KubernetesClient client) {
    RawApi api = new RawApi(client);
    ObjectNode task = (ObjectNode) api.create(Task.class, Minimal.of(Task.class, "x"));

    JsonNode changed = api.tryToReplace(Task.class, anotherValue(task, "priority"));

    assertThat(changed.at("/spec/priority")).isNotEqualTo(task.at("/spec/priority"));
  }

  /** A task with every field that goes with the others, started. */
  private static ObjectNode startedTask(RawApi api) {
    ObjectNode manifest =
        Minimal.with(
            Task.class,
            """
            {name: n, functionName: f, imageUrl: i, inputs: [1], cliArgs: [a], env: {A: b},
             propletSelector: {matchLabels: {a: b}}, resourceRequirements: {cpu: 1}, mode: infer,
             restartPolicy: Never, kbsResourcePath: p, halStoragePath: p, metadata: {a: 1},
             monitoringProfile: {enabled: true}, dependsOn: [d], workflowId: w, jobId: j,
             schedule: "* * * * *", schedulerName: s, tolerations: [{key: own}], retryPolicy: {},
             activeDeadlineSeconds: 9, ttlSecondsAfterFinished: 9}
            """);
    ObjectNode created = (ObjectNode) api.create(Task.class, manifest);
    created
        .putObject("status")
        .put("startedAt", "2026-01-31T12:00:00Z")
        .put("updatedAt", "2026-01-31T12:00:00Z");
    return (ObjectNode) api.replaceStatus(Task.class, created);
  }

  private static Task start(Task task) {
    TaskStatus status = new TaskStatus();
    status.setStartedAt(Instant.parse("2026-01-31T12:00:00Z"));
    task.setStatus(status);
    return task;
  }

  /** Returns the task with another valid value, or none, in one field of its spec. */
  private static ObjectNode anotherValue(ObjectNode task, String field) {
    ObjectNode changed = task.deepCopy();
    ObjectNode spec = (ObjectNode) changed.get("spec");
    for (long seed = 0; ; seed++) {
      JsonNode other = ValidManifests.of(Task.class, "x", new Random(seed)).get("spec").get(field);
      if (other != null && !other.equals(spec.get(field))) {
        spec.set(field, other);
        return changed;
      }
    }
  }
}
