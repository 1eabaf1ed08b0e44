package io.propeller.operator.internal.proplet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays a Deployment that is wanted over the one that is there: fields that are wanted win, all
 * others stay as whoever set them left them. Elements of lists are matched as the API server
 * matches them, by name or mount path.
 */
final class Overlay {

  /** Amounts of resources, which the API server may write in another way. */
  private static final Set<String> QUANTITIES = Set.of("requests", "limits");

  /** What makes sense only as a whole: half of one and half of another would be refused. */
  private static final Set<String> WHOLE = Set.of("strategy", "env", "volumes", "volumeMounts");

  private Overlay() {}

  /** Returns the object as it should be. */
  static ObjectNode lay(ObjectNode wanted, ObjectNode present) {
    ObjectNode result = present.deepCopy();
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      result.set(
          field.getKey(), field(field.getKey(), field.getValue(), present.get(field.getKey())));
    }
    return result;
  }

  private static JsonNode field(String name, JsonNode wanted, @Nullable JsonNode present) {
    if (wanted instanceof ObjectNode object && present instanceof ObjectNode there) {
      if (QUANTITIES.contains(name)) {
        return amounts(object, there);
      }
      return WHOLE.contains(name) ? wanted : lay(object, there);
    }
    if (wanted instanceof ArrayNode list && present instanceof ArrayNode there && isKeyed(list)) {
      return elements(name, list, there);
    }
    return wanted;
  }

  /** Keeps the order that is there, so that nothing is written for its sake. */
  private static ArrayNode elements(String name, ArrayNode wanted, ArrayNode present) {
    Map<String, JsonNode> missing = new LinkedHashMap<>();
    wanted.forEach(element -> missing.put(key(element), element));
    List<JsonNode> result = new ArrayList<>();
    for (JsonNode there : present) {
      JsonNode ours = missing.remove(key(there));
      if (ours != null) {
        result.add(WHOLE.contains(name) ? ours : field(name, ours, there));
      } else if (!isObsolete(name, there)) {
        result.add(there);
      }
    }
    result.addAll(missing.values());
    return JsonNodeFactory.instance.arrayNode().addAll(result);
  }

  /** All variables of the worker's settings are ours, also those that are wanted no longer. */
  private static boolean isObsolete(String list, JsonNode element) {
    return list.equals("env") && key(element).startsWith(PropletDeployment.VARIABLES);
  }

  private static boolean isKeyed(ArrayNode list) {
    return !list.isEmpty() && !key(list.get(0)).isEmpty();
  }

  private static String key(JsonNode element) {
    return element.path("mountPath").asText(element.path("name").asText());
  }

  private static ObjectNode amounts(ObjectNode wanted, ObjectNode present) {
    ObjectNode result = wanted.deepCopy();
    for (Map.Entry<String, JsonNode> amount : wanted.properties()) {
      JsonNode there = present.get(amount.getKey());
      if (there != null
          && Quantity.parse(there.asText()).equals(Quantity.parse(amount.getValue().asText()))) {
        result.set(amount.getKey(), there);
      }
    }
    return result;
  }
}
