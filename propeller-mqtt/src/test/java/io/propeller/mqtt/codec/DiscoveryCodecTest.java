package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;

class DiscoveryCodecTest extends CodecContract<Discovery> {

  @Override
  Subtopic<Discovery> kind() {
    return Subtopic.DISCOVERY;
  }

  @Override
  String minimalJson() {
    return "{\"proplet_id\":\"p1\"}";
  }

  @Override
  Discovery minimal() {
    return Discovery.builder().propletId(PropletId.of("p1")).build();
  }

  @Override
  String fullJson() {
    return """
    {"proplet_id":"p1","namespace":"default","metadata":{"description":"a worker",
    "tags":["edge","gpu"],"location":"roof","ip":"10.0.0.1","environment":"docker",
    "os":"linux","hostname":"h1","cpu_arch":"x86_64","total_memory_bytes":8589934592,
    "proplet_version":"0.5.0","wasm_runtime":"wasmtime 37"}}\
    """;
  }

  @Override
  Discovery full() {
    return Discovery.builder()
        .propletId(PropletId.of("p1"))
        .namespace("default")
        .metadata(
            PropletMetadata.builder()
                .description("a worker")
                .addTags("edge", "gpu")
                .location("roof")
                .ip("10.0.0.1")
                .environment("docker")
                .os("linux")
                .hostname("h1")
                .cpuArch("x86_64")
                .totalMemoryBytes(8_589_934_592L)
                .propletVersion("0.5.0")
                .wasmRuntime("wasmtime 37")
                .build())
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{}", "proplet_id",
        "{\"proplet_id\":\"p\",\"namespace\":{}}", "namespace",
        "{\"proplet_id\":\"p\",\"metadata\":{\"tags\":[1]}}", "metadata.tags",
        "{\"proplet_id\":\"p\",\"metadata\":{\"total_memory_bytes\":\"much\"}}",
            "metadata.total_memory_bytes",
        "{\"proplet_id\":\"p\",\"metadata\":{\"total_memory_bytes\":1.5}}",
            "metadata.total_memory_bytes");
  }
}
