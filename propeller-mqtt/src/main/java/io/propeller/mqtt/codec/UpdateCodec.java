package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.Update;
import java.io.IOException;
import java.util.List;

/** Reads and writes contributions to rounds. */
final class UpdateCodec implements MessageCodec<Update> {

  @Override
  public Update read(JsonReader in, List<String> levels) throws IOException, DecodeException {
    UpdateEnvelope envelope = UpdateEnvelope.read(in);
    if (!envelope.isUpdate()) {
      throw in.refuse(DecodeException.Reason.MISSING, "update_b64");
    }
    Update update = envelope.toUpdate(in);
    // What a module says of itself is not to be trusted: the topic is its worker's.
    return envelope.isModulesOwn() && levels.size() == 2
        ? Update.builder()
            .from(update)
            .roundId(in.value(RoundId::of, levels.get(0)))
            .propletId(in.value(PropletId::of, levels.get(1)))
            .build()
        : update;
  }

  @Override
  public void write(Update message, JsonGenerator out, Dialect dialect) throws IOException {
    writeEnvelope(message, out);
  }

  static void writeEnvelope(Update message, JsonGenerator out) throws IOException {
    out.writeStartObject();
    Writing.text(out, "task_id", message.taskId());
    Writing.text(out, "job_id", message.jobId());
    out.writeStringField("round_id", message.roundId().value());
    Writing.text(out, "global_version", message.globalVersion());
    Writing.text(out, "proplet_id", message.propletId());
    Writing.number(out, "num_samples", message.numSamples());
    Writing.base64(out, "update_b64", message.payload());
    Writing.text(out, "format", message.format());
    Writing.numbers(out, "metrics", message.metrics());
    Writing.text(out, "error", message.error());
    out.writeEndObject();
  }
}
