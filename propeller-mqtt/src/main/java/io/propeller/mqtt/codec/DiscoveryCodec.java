package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.PropletId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes what new workers say. */
final class DiscoveryCodec implements MessageCodec<Discovery> {

  @Override
  public Discovery read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var discovery = Discovery.builder();
    @Nullable PropletId propletId = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "proplet_id" -> propletId = in.propletId();
        case "namespace" -> discovery.namespace(in.text());
        case "metadata" -> discovery.metadata(PropletMetadataCodec.read(in));
        default -> in.skip();
      }
    }
    return discovery.propletId(in.require(propletId, "proplet_id")).build();
  }

  @Override
  public void write(Discovery message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("proplet_id", message.propletId().value());
    Writing.text(out, "namespace", message.namespace());
    PropletMetadataCodec.write(out, message.metadata());
    out.writeEndObject();
  }
}
