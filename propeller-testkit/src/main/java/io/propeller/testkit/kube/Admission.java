package io.propeller.testkit.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks and completes custom resources as their definitions say. */
final class Admission {

  private record Type(String group, String version, String plural) {}

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final Map<Type, JsonNode> schemas = new ConcurrentHashMap<>();

  /** Takes note of a definition, in place of an earlier one of the same name. */
  void define(CustomResourceDefinition definition) {
    definition
        .getSpec()
        .getVersions()
        .forEach(
            version -> {
              JsonNode schema =
                  JSON.convertValue(version.getSchema().getOpenAPIV3Schema(), JsonNode.class);
              String group = definition.getSpec().getGroup();
              String plural = definition.getSpec().getNames().getPlural();
              schemas.put(new Type(group, version.getName(), plural), schema);
            });
  }

  /**
   * Removes from {@code object} what its definition does not know, adds the defaults, and returns
   * what is wrong with it; nothing if there is no definition.
   *
   * @param present the object as it is stored; null if it is new
   */
  List<Violation> admit(ResourcePath path, JsonNode object, @Nullable JsonNode present) {
    return Optional.ofNullable(schemas.get(new Type(path.group(), path.version(), path.plural())))
        .map(schema -> admit(schema, object))
        .orElse(List.of());
  }

  private static List<Violation> admit(JsonNode schema, JsonNode object) {
    List<Violation> violations = new ArrayList<>();
    for (String part : new String[] {"spec", "status"}) {
      JsonNode declared = schema.path("properties").path(part);
      if (object.has(part) && !declared.isMissingNode()) {
        SchemaDefaults.apply(declared, object.get(part));
      }
    }
    // What every object has is not in the schema, and the server checks it elsewhere.
    ObjectNode own = object.deepCopy();
    own.remove(List.of("apiVersion", "kind", "metadata"));
    violations.addAll(SchemaValidator.validate(schema, own));
    return violations;
  }
}
