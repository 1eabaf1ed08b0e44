package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.PropletMetadata;
import java.io.IOException;

/** Reads and writes what workers say of themselves. */
final class PropletMetadataCodec {

  private PropletMetadataCodec() {}

  static PropletMetadata read(JsonReader in) throws IOException, DecodeException {
    in.object();
    var metadata = PropletMetadata.builder();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "description" -> metadata.description(in.text());
        case "tags" -> metadata.tags(in.texts());
        case "location" -> metadata.location(in.text());
        case "ip" -> metadata.ip(in.text());
        case "environment" -> metadata.environment(in.text());
        case "os" -> metadata.os(in.text());
        case "hostname" -> metadata.hostname(in.text());
        case "cpu_arch" -> metadata.cpuArch(in.text());
        case "total_memory_bytes" -> metadata.totalMemoryBytes(in.whole());
        case "proplet_version" -> metadata.propletVersion(in.text());
        case "wasm_runtime" -> metadata.wasmRuntime(in.text());
        default -> in.skip();
      }
    }
    return metadata.build();
  }

  static void write(JsonGenerator out, PropletMetadata metadata) throws IOException {
    out.writeObjectFieldStart("metadata");
    Writing.text(out, "description", metadata.description());
    if (!metadata.tags().isEmpty()) {
      Writing.texts(out, "tags", metadata.tags());
    }
    Writing.text(out, "location", metadata.location());
    Writing.text(out, "ip", metadata.ip());
    Writing.text(out, "environment", metadata.environment());
    Writing.text(out, "os", metadata.os());
    Writing.text(out, "hostname", metadata.hostname());
    Writing.text(out, "cpu_arch", metadata.cpuArch());
    Writing.number(out, "total_memory_bytes", metadata.totalMemoryBytes());
    Writing.text(out, "proplet_version", metadata.propletVersion());
    Writing.text(out, "wasm_runtime", metadata.wasmRuntime());
    out.writeEndObject();
  }
}
