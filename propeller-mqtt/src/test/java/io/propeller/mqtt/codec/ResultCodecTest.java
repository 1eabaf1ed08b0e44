package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultCodecTest extends CodecContract<Result> {

  private static final String ENVELOPE =
      """
      {"task_id":"t1","round_id":"r1","proplet_id":"p1","num_samples":5,"update_b64":"AQI=",
      "format":"f32-delta","metrics":{}}\
      """;

  @Override
  Subtopic<Result> kind() {
    return Subtopic.RESULT;
  }

  @Override
  String minimalJson() {
    return "{\"task_id\":\"t1\"}";
  }

  @Override
  Result minimal() {
    return Result.builder().taskId(TaskId.of("t1")).build();
  }

  @Override
  String fullJson() {
    return """
    {"task_id":"t1","proplet_id":"p1","results":"42","error":"line 1\\nline 2"}\
    """;
  }

  @Override
  Result full() {
    return Result.builder()
        .taskId(TaskId.of("t1"))
        .propletId(PropletId.of("p1"))
        .output(TaskOutput.text("42"))
        .error("line 1\nline 2")
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}",
        "task_id",
        "{\"task_id\":{}}",
        "task_id",
        "{\"task_id\":\"t\",\"error\":{}}",
        "error",
        "{\"task_id\":\"t\",\"error\":\"" + "x".repeat(70_000) + "\"}",
        "error",
        "{\"task_id\":\"t\",\"results\":{\"round_id\":\"r\",\"update_b64\":\"*\"}}",
        "results.update_b64",
        "{\"task_id\":\"t\",\"results\":{\"update_b64\":\"AQI=\"}}",
        "round_id",
        "{\"task_id\":\"t\",\"results\":{\"round_id\":[],\"update_b64\":\"AQI=\"}}",
        "results.round_id");
  }

  @Test
  void takesAnEmptyErrorForNone() throws DecodeException {
    assertThat(decode("{\"task_id\":\"t\",\"results\":\"1\",\"error\":\"\"}").error()).isEmpty();
    assertThat(decode("{\"task_id\":\"t\",\"results\":\"1\",\"error\":null}").error()).isEmpty();
  }

  @Test
  void readsAnUpdateNestedInThreeWays() throws DecodeException {
    Update update =
        Update.builder()
            .taskId(TaskId.of("t1"))
            .roundId(RoundId.of("r1"))
            .propletId(PropletId.of("p1"))
            .numSamples(5)
            .payload(Bytes.copyOf(new byte[] {1, 2}))
            .format("f32-delta")
            .build();
    String envelope = compact(ENVELOPE);

    for (String results :
        new String[] {
          envelope,
          "{\"update_envelope\":" + envelope + "}",
          "{\"results\":{\"update_envelope\":" + envelope + "}}"
        }) {
      Result result = decode("{\"task_id\":\"t1\",\"results\":" + results + "}");
      assertThat(result.output()).as(results).isEqualTo(new TaskOutput.Federated(update));
      assertThat(result.propletId()).as(results).contains(PropletId.of("p1"));
    }
  }

  @Test
  void takesTheTaskFromTheUpdateIfItSaysNone() throws DecodeException {
    assertThat(decode("{\"results\":" + compact(ENVELOPE) + "}").taskId())
        .isEqualTo(TaskId.of("t1"));
  }

  @Test
  void keepsOtherJsonAsItIsWritten() throws DecodeException {
    for (String json : new String[] {"7", "-1.50", "true", "[1, 2]", "{\"a\": {\"metrics\": 5}}"}) {
      assertThat(decode("{\"task_id\":\"t\",\"results\":" + json + "}").output())
          .isEqualTo(new TaskOutput.Other(Json.parse(json)));
    }
  }

  @Test
  void anObjectWithTheKeysOfAnUpdateAndOtherTypesIsNoUpdate() throws DecodeException {
    String json = "{\"round_id\": {}, \"metrics\": [], \"num_samples\": \"many\"}";

    assertThat(decode("{\"task_id\":\"t\",\"results\":" + json + "}").output())
        .isEqualTo(new TaskOutput.Other(Json.parse(json)));
  }
}
