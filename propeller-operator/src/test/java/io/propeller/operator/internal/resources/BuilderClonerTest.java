package io.propeller.operator.internal.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import org.junit.jupiter.api.Test;

class BuilderClonerTest {

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final BuilderCloner cloner = new BuilderCloner(json);

  @Test
  void a_copy_is_as_its_original_down_to_fields_of_a_newer_version() {
    assertIsCopied(
        Task.class,
        """
        apiVersion: propeller.propeller.abstractmachines.fr/v1
        kind: Task
        metadata:
          name: t
          uid: "1"
          finalizers: [a]
          labels: {a: b}
          managedFields: [{manager: m, fieldsType: FieldsV1, fieldsV1: {"f:spec": {}}}]
        spec:
          inputs: ["1"]
          metadata: {any: [1, null, {a: b}]}
          propletSelector: {matchLabels: {a: b}, later: 1}
          later: {a: [1]}
        status:
          phase: running
          runAttempts: [{number: 1, proplet: p, later: x}]
          results: {a: 1}
          conditions: [{type: Started, status: "True", reason: R, message: m}]
          later: true
        """);
    assertIsCopied(
        Proplet.class,
        """
        apiVersion: propeller.propeller.abstractmachines.fr/v1
        kind: Proplet
        metadata: {name: p}
        spec:
          type: external
          external: {deviceType: esp32, capabilities: [gpio], later: 1}
          connectionConfig: {mqttAddress: "b:1", domainId: d, channelId: c, clientId: i, clientKey: k}
          resources: {cpu: "1"}
        status: {phase: Running, later: {a: 1}}
        """);
  }

  @Test
  void what_is_done_to_a_copy_is_not_done_to_its_original() {
    Task original = new Task();
    original.getMetadata().setName("t");
    original.addFinalizer("example.com/first");

    cloner.clone(original).addFinalizer("example.com/second");

    assertThat(original.getFinalizers()).containsExactly("example.com/first");
  }

  private <R extends HasMetadata> void assertIsCopied(Class<R> kind, String yaml) {
    R original = json.unmarshal(yaml, kind);

    R copy = cloner.clone(original);

    assertThat(copy).isNotSameAs(original);
    assertThat(json.asJson(copy)).isEqualTo(json.asJson(original));
  }
}
