package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.TaskId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes calls of latent tasks. */
final class InvokeCodec implements MessageCodec<Invoke> {

  @Override
  public Invoke read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var invoke = Invoke.builder();
    @Nullable TaskId id = null;
    @Nullable PropletId propletId = null;
    boolean broadcast = false;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "id" -> id = in.taskId();
        case "invocation_id" -> invoke.invocationId(in.text());
        case "inputs" -> invoke.inputs(in.list(JsonReader::textOrNumber));
        case "env" -> invoke.env(in.map(JsonReader::text));
        case "proplet_id" -> propletId = in.propletId();
        case "broadcast" -> broadcast = in.bool();
        default -> in.skip();
      }
    }
    return invoke.id(in.require(id, "id")).target(Targets.of(broadcast, propletId)).build();
  }

  @Override
  public void write(Invoke message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", message.id().value());
    Writing.text(out, "invocation_id", message.invocationId());
    if (dialect == Dialect.WAMR) {
      EmbeddedStart.writeInputs(out, message.inputs());
    } else {
      Writing.texts(out, "inputs", message.inputs());
    }
    if (!message.env().isEmpty()) {
      Writing.texts(out, "env", message.env());
    }
    Writing.target(out, message.target());
    out.writeEndObject();
  }
}
