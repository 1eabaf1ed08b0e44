package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.PropletId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes heartbeats and last wills. */
final class AliveCodec implements MessageCodec<Alive> {

  @Override
  public Alive read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var alive = Alive.builder();
    @Nullable PropletId propletId = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "proplet_id" -> propletId = in.propletId();
        case "status" ->
            alive.status(in.text().equals("offline") ? Alive.Status.OFFLINE : Alive.Status.ALIVE);
        case "namespace" -> alive.namespace(in.text());
        case "channel_id" -> alive.channelId(in.text());
        case "metadata" -> alive.metadata(PropletMetadataCodec.read(in));
        default -> in.skip();
      }
    }
    return alive.propletId(in.require(propletId, "proplet_id")).build();
  }

  @Override
  public void write(Alive message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("proplet_id", message.propletId().value());
    out.writeStringField("status", message.status() == Alive.Status.OFFLINE ? "offline" : "alive");
    Writing.text(out, "namespace", message.namespace());
    Writing.text(out, "channel_id", message.channelId());
    if (message.metadata().isPresent()) {
      PropletMetadataCodec.write(out, message.metadata().get());
    }
    out.writeEndObject();
  }
}
