package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;

class InvokeCodecTest extends CodecContract<Invoke> {

  @Override
  Subtopic<Invoke> kind() {
    return Subtopic.INVOKE;
  }

  @Override
  String minimalJson() {
    return "{\"id\":\"t1\",\"broadcast\":true}";
  }

  @Override
  Invoke minimal() {
    return Invoke.builder().id(TaskId.of("t1")).target(Target.broadcast()).build();
  }

  @Override
  String fullJson() {
    return """
    {"id":"t1","invocation_id":"i1","inputs":["1","two"],"env":{"A":"b"},
    "broadcast":false,"proplet_id":"p1"}\
    """;
  }

  @Override
  Invoke full() {
    return Invoke.builder()
        .id(TaskId.of("t1"))
        .invocationId("i1")
        .addInputs("1", "two")
        .putEnv("A", "b")
        .target(Target.proplet(PropletId.of("p1")))
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "id",
        "{\"id\":\"t\",\"inputs\":[true]}", "inputs",
        "{\"id\":\"t\",\"env\":{\"secret\":1}}", "env");
  }
}
