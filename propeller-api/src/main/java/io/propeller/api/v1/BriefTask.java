package io.propeller.api.v1;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Writes a task of a job without its defaults, which would be most of a job of many tasks. */
final class BriefTask extends JsonSerializer<TaskSpec> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode DEFAULTS = JSON.valueToTree(new TaskSpec());

  @Override
  public void serialize(TaskSpec task, JsonGenerator json, SerializerProvider serializers)
      throws IOException {
    ObjectNode tree = JSON.valueToTree(task);
    DEFAULTS
        .properties()
        .forEach(
            field -> {
              if (field.getValue().equals(tree.get(field.getKey()))) {
                tree.remove(field.getKey());
              }
            });
    serializers.defaultSerializeValue(tree, json);
  }
}
