package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the ends of tasks; what it writes suits every worker. */
final class StopCodec implements MessageCodec<Stop> {

  @Override
  public Stop read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var stop = Stop.builder();
    @Nullable TaskId id = null;
    @Nullable PropletId propletId = null;
    boolean broadcast = false;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "id" -> id = in.taskId();
        case "name" -> stop.name(in.text());
        case "proplet_id" -> propletId = in.propletId();
        case "broadcast" -> broadcast = in.bool();
        default -> in.skip();
      }
    }
    if (broadcast) {
      stop.target(Target.broadcast());
    } else if (propletId != null) {
      stop.target(Target.proplet(propletId));
    }
    return in.checked(stop.id(in.require(id, "id"))::build);
  }

  @Override
  public void write(Stop message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", message.id().value());
    out.writeStringField("name", message.name());
    out.writeStringField("state", "stopped");
    if (message.target().isPresent()) {
      Writing.target(out, message.target().get());
    }
    out.writeEndObject();
  }
}
