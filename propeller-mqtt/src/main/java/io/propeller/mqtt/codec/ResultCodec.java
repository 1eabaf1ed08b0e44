package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.Update;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes what comes of tasks. */
final class ResultCodec implements MessageCodec<Result> {

  @Override
  public Result read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    @Nullable TaskId taskId = null;
    @Nullable PropletId propletId = null;
    TaskOutput output = TaskOutput.NOTHING;
    String error = "";
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "task_id" -> taskId = in.taskId();
        case "proplet_id" -> propletId = in.propletId();
        case "results" -> output = TaskOutputCodec.read(in);
        case "error" -> error = in.text();
        default -> in.skip();
      }
    }
    if (output instanceof TaskOutput.Federated federated) {
      Update update = federated.update();
      taskId = taskId == null ? update.taskId().orElse(null) : taskId;
      propletId = propletId == null ? update.propletId().orElse(null) : propletId;
    }
    var result = Result.builder().taskId(in.require(taskId, "task_id")).output(output);
    if (propletId != null) {
      result.propletId(propletId);
    }
    if (!error.isEmpty()) {
      result.error(error);
    }
    return result.build();
  }

  @Override
  public void write(Result message, JsonGenerator out, Dialect dialect) throws IOException {
    out.writeStartObject();
    out.writeStringField("task_id", message.taskId().value());
    Writing.text(out, "proplet_id", message.propletId());
    TaskOutputCodec.write(out, message.output());
    Writing.text(out, "error", message.error());
    out.writeEndObject();
  }
}
