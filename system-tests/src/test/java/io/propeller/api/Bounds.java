package io.propeller.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.propeller.api.v1.ValidManifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Finds every bound in the spec and the status of a kind, with a value on either side of it. */
final class Bounds {

  /** Longer texts are left to the rules that say so in words. */
  private static final int LONGEST = 140_000;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * One bound of one field.
   *
   * @param part the part of the resource, spec or status
   * @param field the path in that part, with [0] for the first item of a list
   * @param within makes of a valid value one that is just within the bound
   * @param beyond makes of a valid value one that is just beyond it
   * @param complaint what the refusal says, in part
   */
  record Bound(
      Class<? extends HasMetadata> kind,
      String part,
      String field,
      String what,
      UnaryOperator<JsonNode> within,
      UnaryOperator<JsonNode> beyond,
      String complaint) {

    /** Returns a valid manifest in which the field has what the operator makes of its value. */
    ObjectNode manifest(UnaryOperator<JsonNode> change) {
      for (long seed = 0; ; seed++) {
        ObjectNode manifest = ValidManifests.of(kind, "x", new Random(seed));
        if (!isOfStatus()) {
          manifest.remove("status");
        }
        int end = field.lastIndexOf('/');
        JsonNode parent = manifest.at("/" + part + field.substring(0, end));
        String last = field.substring(end + 1);
        if (parent instanceof ObjectNode object && object.has(last)) {
          JsonNode changed = change.apply(object.get(last));
          if (changed.isMissingNode()) {
            object.remove(last);
          } else {
            object.set(last, changed);
          }
          return manifest;
        }
        if (parent instanceof ArrayNode array) {
          array.set(0, change.apply(array.get(0)));
          return manifest;
        }
      }
    }

    boolean isOfStatus() {
      return part.equals("status");
    }

    /** Returns the field as the API server names it. */
    String nameOfField() {
      return part + field.replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    }

    @Override
    public String toString() {
      return kind.getSimpleName() + " " + nameOfField() + ": " + what;
    }
  }

  private final Class<? extends HasMetadata> kind;
  private final String part;
  private final List<Bound> found = new ArrayList<>();

  private Bounds(Class<? extends HasMetadata> kind, String part) {
    this.kind = kind;
    this.part = part;
  }

  static Stream<Bound> of(Class<? extends HasMetadata> kind, String part) {
    Bounds bounds = new Bounds(kind, part);
    bounds.properties("", ValidManifests.schemaOf(kind).getProperties().get(part));
    return bounds.found.stream();
  }

  private void properties(String path, JSONSchemaProps schema) {
    for (String name : schema.getRequired()) {
      add(path + "/" + name, "required", v -> v, v -> JSON.missingNode(), "Required value");
    }
    schema.getProperties().forEach((name, part) -> visit(path + "/" + name, part));
  }

  private void visit(String path, JSONSchemaProps schema) {
    if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
      JsonNode last = schema.getEnum().get(schema.getEnum().size() - 1);
      // What an expression or a toleration names beside it depends on its operator.
      boolean isTied = path.endsWith("/operator");
      add(path, "enum", v -> isTied ? v : last, v -> JSON.textNode("other"), "supported values: ");
      return;
    }
    if (schema.getMaximum() != null) {
      long max = schema.getMaximum().longValue();
      add(
          path,
          "maximum",
          v -> isTied(path) ? v : JSON.numberNode(max),
          v -> JSON.numberNode(max + 1),
          "should be less than or equal to");
    }
    if (schema.getMinimum() != null) {
      long min = schema.getMinimum().longValue();
      add(
          path,
          "minimum",
          v -> isTied(path) ? v : JSON.numberNode(min),
          v -> JSON.numberNode(min - 1),
          "should be greater than or equal to");
    }
    if (schema.getMinLength() != null) {
      add(path, "minLength", v -> v, v -> JSON.textNode(""), "should be at least");
    }
    if (schema.getMaxLength() != null
        && schema.getPattern() == null
        && schema.getFormat() == null
        && schema.getMaxLength() <= LONGEST) {
      int max = schema.getMaxLength().intValue();
      add(path, "maxLength", v -> text(max), v -> text(max + 1), "may not be more than");
    }
    if (schema.getPattern() != null) {
      add(path, "pattern", v -> v, v -> JSON.textNode("-?"), "should match");
    }
    if (schema.getFormat() != null && schema.getType().equals("string")) {
      add(path, "format", v -> v, v -> JSON.textNode("soon"), schema.getFormat());
    }
    if (schema.getItems() != null) {
      list(path, schema);
    } else if (schema.getAdditionalProperties() != null) {
      Long max = schema.getMaxProperties();
      if (max != null) {
        add(path, "maxProperties", v -> map(v, max), v -> map(v, max + 1), "must have at most");
      }
    } else if (schema.getProperties() != null) {
      properties(path, schema);
    }
  }

  /** Tells whether a rule, which has a test of its own, ties the number to other fields. */
  private static boolean isTied(String path) {
    return List.of("/kOfN", "/participantCount", "/runAttempts/0/number").contains(path);
  }

  private void list(String path, JSONSchemaProps schema) {
    JSONSchemaProps item = schema.getItems().getSchema();
    Long max = schema.getMaxItems();
    if (max != null && !(part.equals("spec") && path.equals("/participants"))) {
      add(path, "maxItems", v -> list(v, max), v -> list(v, max + 1), "must have at most");
    }
    if (!schema.getXKubernetesListType().equals("atomic")) {
      add(path, "no duplicates", v -> v, Bounds::withFirstTwice, "Duplicate value");
    }
    if (path.equals("/tasks")) {
      return; // the bounds of a task are those of the kind Task
    }
    visit(path + "/0", item);
  }

  private void add(
      String path,
      String what,
      UnaryOperator<JsonNode> within,
      UnaryOperator<JsonNode> beyond,
      String complaint) {
    found.add(new Bound(kind, part, path, what, within, beyond, complaint));
  }

  private static JsonNode text(int length) {
    return JSON.textNode("x".repeat(length));
  }

  private static JsonNode map(JsonNode valid, long size) {
    ObjectNode map = JSON.objectNode();
    for (int i = 0; i < size; i++) {
      map.set("key" + i, valid.get("key"));
    }
    return map;
  }

  /** Returns a list of items like the first, each with texts of its own. */
  private static JsonNode list(JsonNode valid, long size) {
    ArrayNode list = JSON.arrayNode();
    for (int i = 0; i < size; i++) {
      JsonNode item = valid.get(0).deepCopy();
      if (item instanceof ObjectNode object) {
        if (size > 1_024) {
          // So many can be had only if each is small: etcd takes 1.5 MiB.
          object.retain("name");
        }
        for (String key : List.of("name", "key", "propletId")) {
          if (object.has(key)) {
            object.put(key, "item-" + i);
          }
        }
        if (object.has("number")) {
          object.put("number", i + 1);
        }
      }
      list.add(item.isObject() ? item : JSON.textNode("item-" + i));
    }
    return list;
  }

  private static JsonNode withFirstTwice(JsonNode valid) {
    ArrayNode list = valid.deepCopy();
    return list.add(list.get(0));
  }
}
