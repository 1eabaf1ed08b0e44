package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes pieces of modules. */
final class ChunkCodec implements MessageCodec<Chunk> {

  @Override
  public Chunk read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    @Nullable String appName = null;
    @Nullable Integer index = null;
    @Nullable Integer total = null;
    @Nullable Bytes data = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "app_name" -> appName = in.text();
        case "chunk_idx" -> index = in.whole(0, Integer.MAX_VALUE);
        case "total_chunks" -> total = in.whole(1, Integer.MAX_VALUE);
        case "data" -> data = in.base64();
        default -> in.skip();
      }
    }
    var chunk =
        Chunk.builder()
            .appName(in.require(appName, "app_name"))
            .index(in.require(index, "chunk_idx"))
            .total(in.require(total, "total_chunks"))
            .data(in.require(data, "data"));
    return in.checked(chunk::build);
  }

  @Override
  public void write(Chunk message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("app_name", message.appName());
    out.writeNumberField("chunk_idx", message.index());
    out.writeNumberField("total_chunks", message.total());
    Writing.base64(out, "data", message.data());
    out.writeEndObject();
  }
}
