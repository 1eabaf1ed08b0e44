package io.propeller.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns manifests of the later group {@code propeller.propeller.absmach.eu} into manifests of this
 * one, which mean the same.
 */
public final class LaterManifests {

  /** The group of the later manifests. */
  public static final String GROUP = "propeller.propeller.absmach.eu";

  private static final Map<String, String> CONNECTION_NAMES =
      Map.of(
          "tenantId", "domainId",
          "entityId", "clientId",
          "apiKey", "clientKey",
          "apiKeySecretRef", "clientKeySecretRef");

  /**
   * Returns the manifest in this group, with the names of fields that this group has had from the
   * start, and leaves the given one as it is. The group is also replaced in finalizers, owner
   * references, and keys of labels and annotations. Of a list every item is converted. A manifest
   * of any other group comes back as an equal copy.
   *
   * @throws IllegalArgumentException if a field is there under both names with values that differ
   */
  public static JsonNode convert(JsonNode manifest) {
    JsonNode copy = manifest.deepCopy();
    if (copy instanceof ObjectNode object) {
      if (object.get("items") instanceof ArrayNode items) {
        items.forEach(LaterManifests::convertInPlace);
      }
      convertInPlace(object);
    }
    return copy;
  }

  private static void convertInPlace(JsonNode manifest) {
    if (!(manifest instanceof ObjectNode object) || !isLater(object)) {
      return;
    }
    replaceGroup(object, "apiVersion");
    if (object.get("metadata") instanceof ObjectNode metadata) {
      convertMetadata(metadata);
    }
    if (object.path("spec").path("connectionConfig") instanceof ObjectNode connection) {
      CONNECTION_NAMES.forEach((later, name) -> rename(connection, later, name));
    }
  }

  private static boolean isLater(ObjectNode manifest) {
    return manifest.path("apiVersion").asText().startsWith(GROUP + "/");
  }

  private static void convertMetadata(ObjectNode metadata) {
    for (String keyed : new String[] {"labels", "annotations"}) {
      if (metadata.get(keyed) instanceof ObjectNode entries) {
        ObjectNode converted = entries.objectNode();
        entries.properties().forEach(e -> converted.set(inThisGroup(e.getKey()), e.getValue()));
        metadata.set(keyed, converted);
      }
    }
    if (metadata.get("finalizers") instanceof ArrayNode finalizers) {
      for (int i = 0; i < finalizers.size(); i++) {
        finalizers.set(i, TextNode.valueOf(inThisGroup(finalizers.get(i).asText())));
      }
    }
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner instanceof ObjectNode reference) {
        replaceGroup(reference, "apiVersion");
      }
    }
  }

  private static void replaceGroup(ObjectNode object, String field) {
    @Nullable JsonNode value = object.get(field);
    if (value != null) {
      object.put(field, inThisGroup(value.asText()));
    }
  }

  private static String inThisGroup(String name) {
    return name.startsWith(GROUP + "/")
        ? PropellerApi.GROUP + name.substring(GROUP.length())
        : name;
  }

  private static void rename(ObjectNode object, String later, String name) {
    JsonNode value = object.remove(later);
    if (value == null) {
      return;
    }
    JsonNode present = object.get(name);
    if (present != null && !present.equals(value)) {
      throw new IllegalArgumentException(
          "spec.connectionConfig has both "
              + later
              + " and "
              + name
              + ", two names of one field, with values that differ: leave one out");
    }
    object.set(name, value);
  }

  private LaterManifests() {}
}
