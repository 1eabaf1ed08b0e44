package io.propeller.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Makes manifests that the schema of a kind and its rules allow. Every field of the schema comes
 * up, so a field that is added needs nothing here unless a rule speaks of it.
 */
public final class ValidManifests {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of("a", "edge-7", "ÜnïcödÉ", "雪 🛰", "a \"quoted\" text", "two\nlines", "null", "007");
  private static final List<String> DURATIONS = List.of("500ms", "1s", "90s", "5m", "1h30m");
  private static final List<String> QUANTITIES =
      List.of("0", "500m", "0.5", "1", "128Mi", "2Gi", "1e3", "10k", "7u");

  /** What does not go with latent, and with invokes. */
  private static final List<String> WITHOUT_LATENT =
      List.of("invokes", "daemon", "broadcast", "isRecurring", "executor", "kind");

  private static final List<String> WITHOUT_INVOKES =
      List.of(
          "file",
          "imageUrl",
          "functionName",
          "cliArgs",
          "propletSelector",
          "resourceRequirements",
          "daemon",
          "broadcast",
          "encrypted",
          "executor",
          "kind");

  private static final Map<Class<?>, JSONSchemaProps> SCHEMAS =
      Crds.kinds().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(),
                  kind ->
                      Crds.of(kind)
                          .getSpec()
                          .getVersions()
                          .get(0)
                          .getSchema()
                          .getOpenAPIV3Schema()));

  private final RandomGenerator random;

  private ValidManifests(RandomGenerator random) {
    this.random = random;
  }

  /** Returns a manifest with metadata, spec and status. */
  public static ObjectNode of(
      Class<? extends HasMetadata> kind, String name, RandomGenerator random) {
    return new ValidManifests(random).manifest(kind, name);
  }

  /** Returns the schema of a kind's only version. */
  public static JSONSchemaProps schemaOf(Class<? extends HasMetadata> kind) {
    return SCHEMAS.get(kind);
  }

  private ObjectNode manifest(Class<? extends HasMetadata> kind, String name) {
    JSONSchemaProps schema = schemaOf(kind);
    ObjectNode manifest = JSON.objectNode();
    manifest.put("apiVersion", HasMetadata.getApiVersion(kind));
    manifest.put("kind", HasMetadata.getKind(kind));
    manifest.putObject("metadata").put("name", name).putObject("labels").put("site", "lab");
    ObjectNode spec = (ObjectNode) value(schema.getProperties().get("spec"));
    manifest.set("spec", spec);
    manifest.set("status", value(schema.getProperties().get("status")));
    switch (HasMetadata.getKind(kind)) {
      case "Proplet" -> obeyProplet(spec);
      case "Task" -> obeyTask(spec, true);
      case "PropellerJob" -> obeyJob(spec);
      case "FederatedJob" -> obeyFederatedJob(spec);
      case "TrainingRound" -> obeyRound(spec);
      default -> throw new IllegalArgumentException(kind.getName());
    }
    return manifest;
  }

  private JsonNode value(JSONSchemaProps schema) {
    if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
      return anyOf(schema.getEnum());
    }
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      boolean quantity = schema.getPattern() != null;
      return random.nextBoolean()
          ? JSON.numberNode(random.nextInt(0, 1_000_000))
          : JSON.textNode(quantity ? anyOf(QUANTITIES) : anyOf(TEXTS));
    }
    if (schema.getType() == null) {
      return anyJson(3);
    }
    return switch (schema.getType()) {
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" -> JSON.numberNode(wholeNumber(schema));
      case "number" -> JSON.numberNode(random.nextInt(0, 1_000_000) / 1024.0);
      case "string" -> JSON.textNode(text(schema));
      case "array" -> array(schema);
      case "object" -> object(schema);
      default -> throw new IllegalArgumentException(schema.getType());
    };
  }

  private long wholeNumber(JSONSchemaProps schema) {
    long min = schema.getMinimum().longValue();
    long max = schema.getMaximum().longValue();
    return switch (random.nextInt(4)) {
      case 0 -> min;
      case 1 -> max;
      default -> random.nextLong(min, max + 1);
    };
  }

  private String text(JSONSchemaProps schema) {
    if (schema.getPattern() != null) {
      byte[] bytes = new byte[random.nextInt(1, 60)];
      random.nextBytes(bytes);
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (schema.getFormat() == null) {
      return anyOf(TEXTS);
    }
    return schema.getFormat().equals("duration")
        ? anyOf(DURATIONS)
        : Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L)).toString();
  }

  private ArrayNode array(JSONSchemaProps schema) {
    ArrayNode array = JSON.arrayNode();
    Set<JsonNode> keys = new HashSet<>();
    int size = random.nextInt(1, 4);
    for (int i = 0; i < size; i++) {
      JsonNode item = value(schema.getItems().getSchema());
      if (schema.getXKubernetesListType().equals("atomic") || keys.add(keyOf(item, schema))) {
        array.add(item);
      }
    }
    return array;
  }

  private static JsonNode keyOf(JsonNode item, JSONSchemaProps list) {
    if (list.getXKubernetesListType().equals("set")) {
      return item;
    }
    ArrayNode key = JSON.arrayNode();
    list.getXKubernetesListMapKeys().forEach(name -> key.add(item.path(name)));
    return key;
  }

  private ObjectNode object(JSONSchemaProps schema) {
    ObjectNode object = JSON.objectNode();
    if (schema.getAdditionalProperties() != null) {
      JSONSchemaProps item = schema.getAdditionalProperties().getSchema();
      object.set("key", value(item));
      object.set("example.com/other", value(item));
      return object;
    }
    schema
        .getProperties()
        .forEach(
            (name, part) -> {
              if (schema.getRequired().contains(name) || random.nextInt(3) > 0) {
                object.set(name, value(part));
              }
            });
    return object;
  }

  private JsonNode anyJson(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> JSON.textNode(anyOf(TEXTS));
      case 1 -> JSON.numberNode(random.nextLong(-1_000_000, 1_000_000));
      case 2 -> JSON.numberNode(BigDecimal.valueOf(random.nextInt(1, 1_000_000), 3));
      case 3 -> JSON.booleanNode(random.nextBoolean());
      case 4 -> JSON.arrayNode().add(anyJson(depth - 1)).addNull();
      default -> {
        ObjectNode object = JSON.objectNode();
        object.set("nested", anyJson(depth - 1));
        yield object.put("", "no name");
      }
    };
  }

  private <T> T anyOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private void keepOne(ObjectNode object, List<String> fields, String fallback) {
    List<String> present = new ArrayList<>(fields.stream().filter(object::has).toList());
    if (present.isEmpty()) {
      object.put(fallback, "x");
    } else {
      present.remove(random.nextInt(present.size()));
      object.remove(present);
    }
  }

  private void obeyProplet(ObjectNode spec) {
    if (spec.path("type").asText().equals("k8s") && !spec.has("k8s")) {
      spec.putObject("k8s").put("image", "worker:1");
    }
    ObjectNode connection = (ObjectNode) spec.get("connectionConfig");
    connection.put("mqttAddress", anyOf(List.of("tcp://broker:1883", "mqtts://[::1]/", "b:1883")));
    keepOne(connection, List.of("domainId", "tenantId"), "domainId");
    keepOne(connection, List.of("clientId", "entityId"), "clientId");
    keepOne(
        connection,
        List.of("clientKey", "apiKey", "clientKeySecretRef", "apiKeySecretRef"),
        "clientKey");
  }

  private void obeyTask(ObjectNode spec, boolean alone) {
    if (spec.path("latent").asBoolean()) {
      spec.remove(WITHOUT_LATENT);
    } else if (spec.has("invokes")) {
      spec.remove(WITHOUT_INVOKES);
    }
    if (spec.path("isRecurring").asBoolean() && !spec.has("schedule")) {
      spec.put("schedule", "*/5 * * * *");
    }
    if (spec.path("executor").asText().equals("job") || spec.path("encrypted").asBoolean()) {
      spec.remove("file");
      spec.put("imageUrl", "registry.example.com/module:1");
    } else if (!spec.has("invokes")) {
      keepOne(spec, List.of("file", "imageUrl"), "imageUrl");
    }
    if (alone && spec.has("dependsOn") && !spec.has("workflowId")) {
      spec.put("workflowId", "w");
    }
    if (spec.path("broadcast").asBoolean()
        && spec.get("propletSelector") instanceof ObjectNode selector) {
      selector.remove("propletId");
    }
    obeySelector(spec.path("propletSelector"));
    for (JsonNode toleration : spec.path("tolerations")) {
      if (toleration.path("operator").asText().equals("Exists")) {
        ((ObjectNode) toleration).remove("value");
      } else {
        ((ObjectNode) toleration).put("key", "k");
      }
    }
    if (spec.get("retryPolicy") instanceof ObjectNode retry) {
      retry.put("interval", "500ms");
    }
  }

  private static void obeySelector(JsonNode selector) {
    for (JsonNode expression : selector.path("matchExpressions")) {
      ObjectNode object = (ObjectNode) expression;
      object.remove("values");
      if (object.get("operator").asText().endsWith("In")) {
        object.putArray("values").add("v");
      }
    }
  }

  private void obeyJob(ObjectNode spec) {
    int number = 0;
    for (JsonNode task : spec.path("tasks")) {
      ((ObjectNode) task).put("name", "task-" + number++);
      obeyTask((ObjectNode) task, false);
    }
  }

  private void obeyFederatedJob(ObjectNode spec) {
    keepOne(spec, List.of("taskWasmImage", "taskFile"), "taskWasmImage");
    keepOne(spec, List.of("participants", "participantSelector"), "none");
    if (spec.remove("none") != null) {
      spec.putArray("participants").addObject().put("propletId", "edge-7");
    }
    spec.remove("participantCount");
    obeySelector(spec.path("participantSelector"));
    int most = spec.path("participants").size();
    if (most == 0) {
      most = random.nextInt(1, 1025);
      spec.put("participantCount", most);
    }
    spec.put("kOfN", random.nextInt(1, most + 1));
  }

  private void obeyRound(ObjectNode spec) {
    spec.put("kOfN", random.nextInt(1, spec.get("participants").size() + 1));
  }
}
