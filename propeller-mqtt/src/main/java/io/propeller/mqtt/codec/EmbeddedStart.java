package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.WasmModule;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes a Start for the workers on microcontrollers: what they read, and no more. */
final class EmbeddedStart {

  /** The most bytes of a Start: their buffer, less the byte that ends it. */
  static final int MAX_BYTES = 1023;

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private EmbeddedStart() {}

  static void write(Start start, JsonGenerator out) throws IOException {
    if (start.latent()) {
      throw new EncodeException(
          "latent must be false: this worker runs what it is given, and keeps nothing to be"
              + " called");
    }
    out.writeStartObject();
    out.writeStringField("id", start.id().value());
    out.writeStringField("name", start.name());
    out.writeNumberField("state", start.state());
    if (start.module() instanceof WasmModule.Inline inline) {
      if (inline.bytes().size() > MAX_BYTES) {
        throw tooLong(inline.bytes().size());
      }
      Writing.base64(out, "file", inline.bytes());
    } else if (start.module() instanceof WasmModule.Image image) {
      out.writeStringField("image_url", image.reference());
    }
    writeInputs(out, start.inputs());
    if (!start.env().isEmpty()) {
      Writing.texts(out, "env", start.env());
    }
    if (start.daemon()) {
      out.writeBooleanField("daemon", true);
    }
    Writing.text(out, "mode", start.mode().map(mode -> mode.name().toLowerCase(Locale.ROOT)));
    Writing.target(out, start.target());
    out.writeEndObject();
  }

  static void writeInputs(JsonGenerator out, List<String> inputs) throws IOException {
    out.writeArrayFieldStart("inputs");
    for (int i = 0; i < inputs.size(); i++) {
      if (!NUMBER.matcher(inputs.get(i)).matches()) {
        throw new EncodeException(
            "inputs[" + i + "] must be a number: this worker reads no others");
      }
      out.writeRawValue(inputs.get(i));
    }
    out.writeEndArray();
  }

  static EncodeException tooLong(int bytes) {
    return new EncodeException(
        "the Start has %d bytes or more; this worker takes %d at most".formatted(bytes, MAX_BYTES));
  }
}
