package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AliveCodecTest extends CodecContract<Alive> {

  @Override
  Subtopic<Alive> kind() {
    return Subtopic.ALIVE;
  }

  @Override
  String minimalJson() {
    return "{\"proplet_id\":\"p1\"}";
  }

  @Override
  Alive minimal() {
    return Alive.builder().propletId(PropletId.of("p1")).build();
  }

  @Override
  String fullJson() {
    return """
    {"proplet_id":"p1","status":"offline","namespace":"default","channel_id":"c1",
    "metadata":{"wasm_runtime":"wasmtime 37"}}\
    """;
  }

  @Override
  Alive full() {
    return Alive.builder()
        .propletId(PropletId.of("p1"))
        .status(Alive.Status.OFFLINE)
        .namespace("default")
        .channelId("c1")
        .metadata(PropletMetadata.builder().wasmRuntime("wasmtime 37").build())
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "proplet_id",
        "{\"proplet_id\":null}", "proplet_id",
        "{\"proplet_id\":1}", "proplet_id",
        "{\"proplet_id\":\"\"}", "proplet_id",
        "{\"proplet_id\":\"a\\u0000b\"}", "proplet_id",
        "{\"proplet_id\":\"a\\ud800b\"}", "proplet_id",
        "{\"proplet_id\":\"p\",\"status\":true}", "status",
        "{\"proplet_id\":\"p\",\"metadata\":{\"tags\":\"x\"}}", "metadata.tags",
        "{\"proplet_id\":\"p\",\"metadata\":[]}", "metadata");
  }

  @Test
  void takesAnyStatusButOfflineForAlive() throws DecodeException {
    assertThat(decode("{\"proplet_id\":\"p1\",\"status\":\"alive\"}").status())
        .isEqualTo(Alive.Status.ALIVE);
    assertThat(decode("{\"proplet_id\":\"p1\",\"status\":\"running\"}").status())
        .isEqualTo(Alive.Status.ALIVE);
    assertThat(decode("{\"proplet_id\":\"p1\",\"status\":\"o\\u0066fline\"}").status())
        .isEqualTo(Alive.Status.OFFLINE);
  }

  @Test
  void takesTheKeysInAnyOrder() throws DecodeException {
    assertThat(
            decode(
                "{\"x\":{},\"channel_id\":\"c1\",\"namespace\":null,\"status\":\"offline\",\"y\":1,\"namesp\\u0061ce\":\"default\",\"metadata\":{\"wasm_runtime\":\"wasmtime"
                    + " 37\"},\"proplet_id\":\"p1\"}"))
        .isEqualTo(full());
  }
}
