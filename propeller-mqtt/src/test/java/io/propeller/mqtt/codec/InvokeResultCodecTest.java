package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;

class InvokeResultCodecTest extends CodecContract<InvokeResult> {

  @Override
  Subtopic<InvokeResult> kind() {
    return Subtopic.INVOKE_RESULT;
  }

  @Override
  String minimalJson() {
    return "{\"task_id\":\"t1\"}";
  }

  @Override
  InvokeResult minimal() {
    return InvokeResult.builder().taskId(TaskId.of("t1")).build();
  }

  @Override
  String fullJson() {
    return """
    {"task_id":"t1","invocation_id":"i1","proplet_id":"p1","results":"7","error":"bad"}\
    """;
  }

  @Override
  InvokeResult full() {
    return InvokeResult.builder()
        .taskId(TaskId.of("t1"))
        .invocationId("i1")
        .propletId(PropletId.of("p1"))
        .output(TaskOutput.text("7"))
        .error("bad")
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "task_id",
        "{\"task_id\":\"t\",\"invocation_id\":5}", "invocation_id",
        "{\"task_id\":\"t\",\"proplet_id\":[]}", "proplet_id");
  }
}
