package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;

class FetchRequestCodecTest extends CodecContract<FetchRequest> {

  @Override
  Subtopic<FetchRequest> kind() {
    return Subtopic.FETCH_REQUEST;
  }

  @Override
  String minimalJson() {
    return "{\"app_name\":\"registry.example.com/app:v1\"}";
  }

  @Override
  FetchRequest minimal() {
    return FetchRequest.of("registry.example.com/app:v1");
  }

  @Override
  String fullJson() {
    return minimalJson();
  }

  @Override
  FetchRequest full() {
    return minimal();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}",
        "app_name",
        "{\"app_name\":\"\"}",
        "app_name",
        "{\"app_name\":1}",
        "app_name",
        "{\"app_name\":\"" + "x".repeat(300) + "\"}",
        "app_name");
  }
}
