package io.propeller.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what differs between a resource and what came back of it. */
public final class Losses {

  private final List<String> found = new ArrayList<>();

  private Losses() {}

  /**
   * Returns what was lost, changed or invented, each with its path. Where the schema takes a number
   * for a text, its text is the same; a default of the schema, a zero and a false may come in.
   */
  public static List<String> between(JsonNode sent, JsonNode received, JSONSchemaProps schema) {
    Losses losses = new Losses();
    losses.compare("", sent, received, schema);
    return losses.found;
  }

  private void compare(String path, JsonNode sent, JsonNode received, JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      expect(path, sent.asText(), received.asText());
    } else if (schema.getType() == null) {
      if (!sent.equals(Losses::compareValues, received)) {
        found.add(path + " was " + sent + " and is " + received);
      }
    } else if (sent.isObject() && received.isObject()) {
      sent.properties().forEach(e -> compareField(path, e, received, schema));
      received.properties().stream()
          .filter(e -> !sent.has(e.getKey()))
          .filter(e -> !isDefault(e.getValue(), child(schema, e.getKey())))
          .forEach(e -> found.add(path + "." + e.getKey() + " came from nowhere: " + e.getValue()));
    } else if (sent.isArray() && received.size() == sent.size()) {
      for (int i = 0; i < sent.size(); i++) {
        compare(path + "[" + i + "]", sent.get(i), received.get(i), item(path, schema));
      }
    } else if (sent.isNumber() && received.isNumber()) {
      expect(
          path,
          sent.decimalValue().stripTrailingZeros(),
          received.decimalValue().stripTrailingZeros());
    } else {
      expect(path, sent, received);
    }
  }

  private void compareField(
      String path, Map.Entry<String, JsonNode> field, JsonNode received, JSONSchemaProps schema) {
    String name = path + "." + field.getKey();
    JsonNode value = received.path(field.getKey());
    JsonNode byDefault = child(schema, field.getKey()).getDefault();
    if (value instanceof MissingNode
        && byDefault != null
        && field.getValue().equals(Losses::compareValues, byDefault)) {
      return; // whoever reads it has it all the same
    }
    if (value instanceof MissingNode) {
      found.add(name + " was lost: " + field.getValue());
    } else {
      compare(name, field.getValue(), value, child(schema, field.getKey()));
    }
  }

  /**
   * The tasks of a job have the defaults of the kind Task, which the schema of the job leaves out.
   */
  private static JSONSchemaProps item(String path, JSONSchemaProps list) {
    return path.endsWith(".tasks")
        ? ValidManifests.schemaOf(Task.class).getProperties().get("spec")
        : list.getItems().getSchema();
  }

  private static JSONSchemaProps child(JSONSchemaProps schema, String name) {
    JSONSchemaProps property =
        schema.getProperties() == null ? null : schema.getProperties().get(name);
    if (property != null) {
      return property;
    }
    return schema.getAdditionalProperties() == null
        ? new JSONSchemaProps()
        : schema.getAdditionalProperties().getSchema();
  }

  private static boolean isDefault(JsonNode value, JSONSchemaProps schema) {
    return value.equals(schema.getDefault())
        || (value.isNumber() && value.asDouble() == 0)
        || (value.isBoolean() && !value.asBoolean());
  }

  /** Compares two values inside any JSON, of which a number may come back as another Java type. */
  private static int compareValues(JsonNode sent, JsonNode received) {
    if (sent.isNumber() && received.isNumber()) {
      return sent.decimalValue().compareTo(received.decimalValue());
    }
    return sent.equals(received) ? 0 : 1;
  }

  private void expect(String path, Object sent, Object received) {
    if (!sent.equals(received)) {
      found.add(path + " was " + sent + " and is " + received);
    }
  }
}
