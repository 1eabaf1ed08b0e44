package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;

class StopCodecTest extends CodecContract<Stop> {

  @Override
  Subtopic<Stop> kind() {
    return Subtopic.STOP;
  }

  @Override
  String minimalJson() {
    return "{\"id\":\"t1\"}";
  }

  @Override
  Stop minimal() {
    return Stop.of(TaskId.of("t1"));
  }

  @Override
  String fullJson() {
    return """
    {"id":"t1","name":"add","state":"stopped","broadcast":false,"proplet_id":"p1"}\
    """;
  }

  @Override
  Stop full() {
    return Stop.builder()
        .id(TaskId.of("t1"))
        .name("add")
        .target(Target.proplet(PropletId.of("p1")))
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "id",
        "{\"id\":\"\"}", "id",
        "{\"id\":\"t\",\"name\":\"\"}", "",
        "{\"id\":\"t\",\"broadcast\":\"no\"}", "broadcast");
  }
}
