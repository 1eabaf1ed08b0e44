package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.TaskId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes what comes of calls of latent tasks. */
final class InvokeResultCodec implements MessageCodec<InvokeResult> {

  @Override
  public InvokeResult read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    var result = InvokeResult.builder();
    @Nullable TaskId taskId = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "task_id" -> taskId = in.taskId();
        case "invocation_id" -> result.invocationId(in.text());
        case "proplet_id" -> result.propletId(in.propletId());
        case "results" -> result.output(TaskOutputCodec.read(in));
        case "error" -> {
          String error = in.text();
          if (!error.isEmpty()) {
            result.error(error);
          }
        }
        default -> in.skip();
      }
    }
    return result.taskId(in.require(taskId, "task_id")).build();
  }

  @Override
  public void write(InvokeResult message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("task_id", message.taskId().value());
    Writing.text(out, "invocation_id", message.invocationId());
    Writing.text(out, "proplet_id", message.propletId());
    TaskOutputCodec.write(out, message.output());
    Writing.text(out, "error", message.error());
    out.writeEndObject();
  }
}
