package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.PropletId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes heartbeats and last wills. */
final class AliveCodec implements MessageCodec<Alive> {

  private enum Key {
    PROPLET_ID,
    STATUS,
    NAMESPACE,
    CHANNEL_ID,
    METADATA
  }

  private static final Keys<Key> KEYS = Keys.of(Key.class);
  private static final Keys<Alive.Status> STATUSES = Keys.of(Alive.Status.class);

  @Override
  public Alive read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var alive = Alive.builder();
    @Nullable PropletId propletId = null;
    for (Key key = in.next(KEYS); key != null; key = in.next(KEYS)) {
      switch (key) {
        case PROPLET_ID -> propletId = in.propletId();
        case STATUS ->
            alive.status(
                in.oneOf(STATUSES) == Alive.Status.OFFLINE
                    ? Alive.Status.OFFLINE
                    : Alive.Status.ALIVE);
        case NAMESPACE -> alive.namespace(in.text());
        case CHANNEL_ID -> alive.channelId(in.text());
        case METADATA -> alive.metadata(PropletMetadataCodec.read(in));
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
