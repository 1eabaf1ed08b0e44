package io.propeller.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LaterManifestsTest {

  private static final String LATER =
      """
      apiVersion: propeller.propeller.absmach.eu/v1
      kind: Proplet
      metadata:
        name: edge-7
        labels: {propeller.propeller.absmach.eu/job: j, site: lab}
        finalizers: [propeller.propeller.absmach.eu/finalizer, example.com/kept]
        ownerReferences:
        - {apiVersion: propeller.propeller.absmach.eu/v1, kind: FederatedJob, name: f, uid: u}
        - {apiVersion: apps/v1, kind: Deployment, name: d, uid: v}
      spec:
        type: external
        connectionConfig:
          mqttAddress: tcp://broker:1883
          tenantId: t
          channelId: c
          entityId: e
          apiKeySecretRef: {name: s, key: k}
      """;

  private static final String CONVERTED =
      """
      apiVersion: propeller.propeller.abstractmachines.fr/v1
      kind: Proplet
      metadata:
        name: edge-7
        labels: {propeller.propeller.abstractmachines.fr/job: j, site: lab}
        finalizers: [propeller.propeller.abstractmachines.fr/finalizer, example.com/kept]
        ownerReferences:
        - {apiVersion: propeller.propeller.abstractmachines.fr/v1, kind: FederatedJob, name: f, uid: u}
        - {apiVersion: apps/v1, kind: Deployment, name: d, uid: v}
      spec:
        type: external
        connectionConfig:
          mqttAddress: tcp://broker:1883
          domainId: t
          channelId: c
          clientId: e
          clientKeySecretRef: {name: s, key: k}
      """;

  @Test
  void groupAndNamesBecomeThoseOfThisGroup() {
    JsonNode later = yaml(LATER);

    assertThat(LaterManifests.convert(later)).isEqualTo(yaml(CONVERTED));
    assertThat(later).as("the manifest given").isEqualTo(yaml(LATER));
  }

  @Test
  void everyItemOfAListIsConverted() {
    ObjectNode list = (ObjectNode) yaml("apiVersion: v1\nkind: List");
    list.putArray("items").add(yaml(LATER)).add(yaml("apiVersion: v1\nkind: Secret"));

    JsonNode converted = LaterManifests.convert(list);

    assertThat(converted.at("/items/0")).isEqualTo(yaml(CONVERTED));
    assertThat(converted.at("/items/1")).isEqualTo(list.at("/items/1"));
  }

  @Test
  void whatIsOfAnotherGroupStaysAsItIs() {
    JsonNode map = yaml("apiVersion: v1\nkind: ConfigMap\ndata: {tenantId: t}");

    assertThat(LaterManifests.convert(map)).isEqualTo(map);
  }

  @Test
  void twoValuesForOneFieldAreRefusedWithoutShowingThem() {
    JsonNode both = yaml(LATER.replace("tenantId: t", "tenantId: secret1\n    domainId: secret2"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> LaterManifests.convert(both))
        .withMessageContaining("tenantId")
        .withMessageContaining("domainId")
        .withMessageNotContaining("secret");
  }

  @Property(tries = 100)
  void whatIsConvertedStaysAsItIs(@ForAll String name) {
    JsonNode later = yaml(LATER);
    ((ObjectNode) later.get("metadata")).put("name", name);

    JsonNode once = LaterManifests.convert(later);

    assertThat(LaterManifests.convert(once)).isEqualTo(once);
  }

  private static JsonNode yaml(String text) {
    return new KubernetesSerialization().unmarshal(text, JsonNode.class);
  }
}
