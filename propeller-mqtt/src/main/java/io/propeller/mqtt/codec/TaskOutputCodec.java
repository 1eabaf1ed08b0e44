package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.TaskOutput;
import java.io.IOException;

/** Reads and writes what tasks give back: a text, an update, or anything else. */
final class TaskOutputCodec {

  private TaskOutputCodec() {}

  static TaskOutput read(JsonReader in) throws IOException, DecodeException {
    if (in.atText()) {
      return new TaskOutput.Text(in.longText());
    }
    if (!in.atObject()) {
      return new TaskOutput.Other(in.json());
    }
    int from = in.tokenOffset();
    UpdateEnvelope envelope = UpdateEnvelope.read(in);
    if (envelope.isUpdate()) {
      return new TaskOutput.Federated(envelope.toUpdate(in));
    }
    return new TaskOutput.Other(in.json(from));
  }

  static void write(JsonGenerator out, TaskOutput output) throws IOException {
    out.writeFieldName("results");
    if (output instanceof TaskOutput.Text text) {
      out.writeString(text.text());
    } else if (output instanceof TaskOutput.Federated federated) {
      UpdateCodec.writeEnvelope(federated.update(), out);
    } else if (output instanceof TaskOutput.Other other) {
      out.writeRawValue(other.value().text());
    }
  }
}
