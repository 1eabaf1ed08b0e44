package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Map;

class ChunkCodecTest extends CodecContract<Chunk> {

  @Override
  Subtopic<Chunk> kind() {
    return Subtopic.CHUNK;
  }

  @Override
  String minimalJson() {
    return "{\"app_name\":\"a\",\"chunk_idx\":0,\"total_chunks\":1,\"data\":\"\"}";
  }

  @Override
  Chunk minimal() {
    return Chunk.builder().appName("a").index(0).total(1).data(Bytes.empty()).build();
  }

  @Override
  String fullJson() {
    return "{\"app_name\":\"a\",\"chunk_idx\":1,\"total_chunks\":3,\"data\":\"AGFzbQ==\"}";
  }

  @Override
  Chunk full() {
    return Chunk.builder()
        .appName("a")
        .index(1)
        .total(3)
        .data(Bytes.copyOf(new byte[] {0, 'a', 's', 'm'}))
        .build();
  }

  @Override
  Map<String, String> refused() {
    return Map.of(
        "{\"chunk_idx\":0,\"total_chunks\":1,\"data\":\"\"}", "app_name",
        "{\"app_name\":\"a\",\"total_chunks\":1,\"data\":\"\"}", "chunk_idx",
        "{\"app_name\":\"a\",\"chunk_idx\":0,\"data\":\"\"}", "total_chunks",
        "{\"app_name\":\"a\",\"chunk_idx\":0,\"total_chunks\":1}", "data",
        "{\"app_name\":\"a\",\"chunk_idx\":-1,\"total_chunks\":1,\"data\":\"\"}", "chunk_idx",
        "{\"app_name\":\"a\",\"chunk_idx\":3,\"total_chunks\":3,\"data\":\"\"}", "",
        "{\"app_name\":\"a\",\"chunk_idx\":0,\"total_chunks\":1,\"data\":\"?\"}", "data");
  }
}
