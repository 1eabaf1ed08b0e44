package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.topic.Subtopic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundStartCodecTest extends CodecContract<RoundStart> {

  @Override
  Subtopic<RoundStart> kind() {
    return Subtopic.ROUND_START;
  }

  @Override
  String minimalJson() {
    return "{\"round_id\":\"r1\"}";
  }

  @Override
  RoundStart minimal() {
    return RoundStart.builder().roundId(RoundId.of("r1")).build();
  }

  @Override
  String fullJson() {
    return """
    {"experiment_id":"e1","round_id":"r1","model_uri":"fl/models/v1",
    "task_wasm_image":"registry.example.com/train:v1","participants":["p1","p2"],
    "hyperparams":{"epochs":1,"lr":0.01},"k_of_n":2,"timeout_seconds":60}\
    """;
  }

  @Override
  RoundStart full() {
    return RoundStart.builder()
        .experimentId("e1")
        .roundId(RoundId.of("r1"))
        .modelUri("fl/models/v1")
        .taskWasmImage("registry.example.com/train:v1")
        .addParticipants(PropletId.of("p1"), PropletId.of("p2"))
        .hyperparams(Json.parse("{\"epochs\":1,\"lr\":0.01}"))
        .kOfN(2)
        .timeout(Duration.ofSeconds(60))
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "round_id",
        "{\"round_id\":\"r\",\"participants\":{}}", "participants",
        "{\"round_id\":\"r\",\"participants\":[1]}", "participants",
        "{\"round_id\":\"r\",\"k_of_n\":-1}", "k_of_n",
        "{\"round_id\":\"r\",\"timeout_seconds\":\"60\"}", "timeout_seconds");
  }

  @Test
  void readsTheOtherNameOfTheTimeout() throws DecodeException {
    assertThat(decode("{\"round_id\":1,\"timeout_s\":5}").timeout())
        .contains(Duration.ofSeconds(5));
  }
}
