package io.propeller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** The least that the API server takes of each kind. */
final class Minimal {

  private static final ObjectMapper YAML = new YAMLMapper();

  private static final Map<String, String> SPECS =
      Map.of(
          "Proplet",
          """
          type: external
          connectionConfig: {mqttAddress: "tcp://b:1883", domainId: d, channelId: c, clientId: i, clientKey: k}
          """,
          "Task",
          "{}",
          "PropellerJob",
          "{}",
          "FederatedJob",
          """
          taskWasmImage: registry.example.com/train:1
          participants: [{propletId: a}, {propletId: b}]
          kOfN: 2
          rounds: {total: 3}
          """,
          "TrainingRound",
          "{roundId: round-1, federatedJobRef: {name: f}, participants: [a, b], kOfN: 2}");

  /** Returns a manifest whose spec holds the required fields alone. */
  static ObjectNode of(Class<? extends HasMetadata> kind, String name) {
    ObjectNode manifest = YAML.createObjectNode();
    manifest.put("apiVersion", HasMetadata.getApiVersion(kind));
    manifest.put("kind", HasMetadata.getKind(kind));
    manifest.putObject("metadata").put("name", name);
    manifest.set("spec", yaml(SPECS.get(HasMetadata.getKind(kind))));
    return manifest;
  }

  /** Returns such a manifest with the fields of a YAML text in its spec; null takes one out. */
  static ObjectNode with(Class<? extends HasMetadata> kind, String changes) {
    ObjectNode manifest = of(kind, "x");
    merge((ObjectNode) manifest.get("spec"), (ObjectNode) yaml(changes));
    return manifest;
  }

  private static void merge(ObjectNode target, ObjectNode changes) {
    changes
        .properties()
        .forEach(
            change -> {
              JsonNode value = change.getValue();
              if (value.isNull()) {
                target.remove(change.getKey());
              } else if (value.isObject()
                  && target.get(change.getKey()) instanceof ObjectNode old) {
                merge(old, (ObjectNode) value);
              } else {
                target.set(change.getKey(), value);
              }
            });
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private Minimal() {}
}
