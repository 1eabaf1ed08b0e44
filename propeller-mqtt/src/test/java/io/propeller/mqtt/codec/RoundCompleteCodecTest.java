package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.topic.Subtopic;
import java.time.Instant;
import java.util.Map;

class RoundCompleteCodecTest extends CodecContract<RoundComplete> {

  @Override
  Subtopic<RoundComplete> kind() {
    return Subtopic.ROUND_COMPLETE;
  }

  @Override
  String minimalJson() {
    return "{\"round_id\":\"r1\",\"timestamp\":\"2026-11-21T10:00:00Z\"}";
  }

  @Override
  RoundComplete minimal() {
    return RoundComplete.builder()
        .roundId(RoundId.of("r1"))
        .timestamp(Instant.parse("2026-11-21T10:00:00Z"))
        .build();
  }

  @Override
  String fullJson() {
    return """
    {"round_id":"r1","new_model_version":"4","model_uri":"fl/models/v4",
    "status":"complete","next_round_available":true,"timestamp":"2026-11-21T10:00:00Z"}\
    """;
  }

  @Override
  RoundComplete full() {
    return RoundComplete.builder()
        .roundId(RoundId.of("r1"))
        .newModelVersion("4")
        .modelUri("fl/models/v4")
        .nextRoundAvailable(true)
        .timestamp(Instant.parse("2026-11-21T10:00:00Z"))
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{\"timestamp\":\"2026-11-21T10:00:00Z\"}", "round_id",
        "{\"round_id\":\"r\"}", "timestamp",
        "{\"round_id\":\"r\",\"timestamp\":5}", "timestamp",
        "{\"round_id\":\"r\",\"timestamp\":\"noon\"}", "timestamp",
        "{\"round_id\":\"r\",\"next_round_available\":\"yes\"}", "next_round_available");
  }
}
