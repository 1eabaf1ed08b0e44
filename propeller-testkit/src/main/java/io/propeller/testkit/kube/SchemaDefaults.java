package io.propeller.testkit.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes of an object what a server stores: unknown fields go, missing ones get their default. */
final class SchemaDefaults {

  private SchemaDefaults() {}

  /** Changes {@code value} in place. */
  static void apply(JsonNode schema, JsonNode value) {
    if (value.isArray()) {
      value.forEach(item -> apply(schema.path("items"), item));
    } else if (value instanceof ObjectNode object) {
      JsonNode properties = schema.path("properties");
      JsonNode others = schema.path("additionalProperties");
      if (!others.isObject() && !keepsUnknown(schema)) {
        List<String> unknown = new ArrayList<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeIf(properties::has);
        object.remove(unknown);
      }
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        JsonNode otherwise = property.getValue().path("default");
        if (!otherwise.isMissingNode() && isUnset(object, property)) {
          object.set(property.getKey(), otherwise.deepCopy());
        }
      }
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        apply(
            properties.path(field.getKey()).isMissingNode()
                ? others
                : properties.path(field.getKey()),
            field.getValue());
      }
    }
  }

  /** A null stands for no value, except where the schema knows null as a value. */
  private static boolean isUnset(ObjectNode object, Map.Entry<String, JsonNode> property) {
    JsonNode present = object.path(property.getKey());
    return present.isMissingNode()
        || (present.isNull() && !property.getValue().path("nullable").asBoolean());
  }

  private static boolean keepsUnknown(JsonNode schema) {
    // A schema without properties says nothing of fields only where it says nothing at all.
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || schema.isMissingNode()
        || schema.path("type").isMissingNode();
  }
}
