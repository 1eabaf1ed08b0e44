package io.propeller.operator.internal.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Computes JSON merge patches (RFC 7386). */
public final class MergePatch {

  private MergePatch() {}

  /** Returns the patch that makes {@code after} of {@code before}; empty if they are equal. */
  public static ObjectNode between(JsonNode before, ObjectNode after) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : after.properties()) {
      JsonNode old = before.get(field.getKey());
      JsonNode value = field.getValue();
      if (value.equals(old)) {
        continue;
      }
      if (value instanceof ObjectNode object) {
        boolean merges = old instanceof ObjectNode;
        patch.set(
            field.getKey(),
            merges ? between(old, object) : between(JsonNodeFactory.instance.objectNode(), object));
      } else {
        patch.set(field.getKey(), value);
      }
    }
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!after.has(name)) {
                patch.putNull(name);
              }
            });
    return patch;
  }
}
