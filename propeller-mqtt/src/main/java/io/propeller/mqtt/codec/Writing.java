package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Writes fields that may be missing, and values that JSON has no word for. */
final class Writing {

  static final JsonFactory FACTORY = new JsonFactory();

  private Writing() {}

  static void text(JsonGenerator out, String field, Optional<?> value) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(field, value.get().toString());
    }
  }

  static void number(JsonGenerator out, String field, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(field, value.getAsLong());
    }
  }

  static void number(JsonGenerator out, String field, OptionalDouble value) throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(field, value.getAsDouble());
    }
  }

  static void json(JsonGenerator out, String field, Optional<Json> value) throws IOException {
    if (value.isPresent()) {
      out.writeFieldName(field);
      out.writeRawValue(value.get().text());
    }
  }

  static void texts(JsonGenerator out, String field, Iterable<?> values) throws IOException {
    out.writeArrayFieldStart(field);
    for (Object value : values) {
      out.writeString(value.toString());
    }
    out.writeEndArray();
  }

  static void texts(JsonGenerator out, String field, Map<String, String> values)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : values.entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  static void numbers(JsonGenerator out, String field, Map<String, Double> values)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      out.writeNumberField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  /** Writes bytes as base64, padded and on one line. */
  static void base64(JsonGenerator out, String field, Bytes bytes) throws IOException {
    ByteBuffer buffer = bytes.asByteBuffer();
    out.writeFieldName(field);
    out.writeBinary(
        Base64Variants.MIME_NO_LINEFEEDS, new ByteBufferInput(buffer), buffer.remaining());
  }

  /** Writes whom a message is for; never neither of the two fields. */
  static void target(JsonGenerator out, Target target) throws IOException {
    out.writeBooleanField("broadcast", target instanceof Target.All);
    if (target instanceof Target.One one) {
      out.writeStringField("proplet_id", one.id().value());
    }
  }
}
