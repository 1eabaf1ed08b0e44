package io.propeller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Crds;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.Losses;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.ValidManifests;
import io.propeller.testkit.kube.WithKubeControlPlane;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
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
class RoundTripIT {

  private static final int OBJECTS = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Class<? extends HasMetadata>> kinds() {
    return Crds.kinds().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void validObjectsGoThroughTheServerAndBackWithNothingLost(
      Class<? extends HasMetadata> kind, KubernetesClient client) throws JsonProcessingException {
    RawApi api = new RawApi(client);
    long start = new Random().nextLong();
    Map<String, ObjectNode> sent = new HashMap<>();
    for (int i = 0; i < OBJECTS; i++) {
      String name = "x" + i;
      ObjectNode manifest = ValidManifests.of(kind, name, new Random(start + i));
      sent.put(name, manifest);
      JsonNode written = JSON.valueToTree(JSON.treeToValue(manifest, kind));
      ObjectNode created = (ObjectNode) api.create(kind, written);
      created.set("status", written.get("status"));
      api.replaceStatus(kind, created);
    }

    JsonNode stored = api.list(kind);

    assertThat(stored).hasSize(OBJECTS);
    for (JsonNode object : stored) {
      ObjectNode manifest = sent.get(object.at("/metadata/name").asText());
      JsonNode read = JSON.valueToTree(JSON.treeToValue(object, kind));
      assertThat(losses(kind, manifest, object)).as("stored, from %d", start).isEmpty();
      assertThat(losses(kind, manifest, read)).as("read, from %d", start).isEmpty();
    }
  }

  private static Iterable<String> losses(
      Class<? extends HasMetadata> kind, ObjectNode sent, JsonNode received) {
    ObjectNode withoutServersOwn = received.deepCopy();
    withoutServersOwn.set("metadata", sent.get("metadata"));
    assertThat(received.at("/metadata/labels")).isEqualTo(sent.at("/metadata/labels"));
    return Losses.between(sent, withoutServersOwn, ValidManifests.schemaOf(kind));
  }
}
