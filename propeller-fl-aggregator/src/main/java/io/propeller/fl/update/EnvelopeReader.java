package io.propeller.fl.update;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.propeller.fl.model.ModelJson;
import io.propeller.fl.model.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Reads the JSON of an envelope. What an inner object says goes before what is said around it. */
final class EnvelopeReader {
  private final DecodeLimits limits;
  private final JsonFactory factory;

  EnvelopeReader(DecodeLimits limits) {
    this.limits = limits;
    this.factory = limits.json();
  }

  UpdateEnvelope read(byte[] message) throws IOException {
    try (JsonParser parser = factory.createParser(message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "an update is a JSON object");
      }
      return object(parser);
    }
  }

  /** Returns whether these bytes begin with a JSON object that has this key. */
  boolean hasKey(byte[] json, String key) throws IOException {
    try (JsonParser parser = factory.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.currentName().equals(key)) {
          return true;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return false;
    }
  }

  JsonParser parser(byte[] json) throws IOException {
    return factory.createParser(json);
  }

  private UpdateEnvelope object(JsonParser parser) throws IOException {
    UpdateEnvelope.Builder outer = UpdateEnvelope.builder();
    UpdateEnvelope inner = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      boolean nested = name.equals("update_envelope") || name.equals("results");
      if (nested && token == JsonToken.START_OBJECT) {
        inner = object(parser);
      } else {
        field(parser, name, token, outer);
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new JsonParseException(parser, "the object does not end");
    }
    return inner == null ? outer.build() : outer.from(inner).build();
  }

  private void field(
      JsonParser parser, String name, JsonToken token, UpdateEnvelope.Builder envelope)
      throws IOException {
    switch (name) {
      case "round_id" -> envelope.roundId(text(parser, name));
      case "proplet_id" -> envelope.propletId(text(parser, name));
      case "num_samples" -> envelope.numSamples(wholeNumber(parser, name));
      case "format" -> envelope.format(text(parser, name));
      case "scale" -> envelope.scale(number(parser, name));
      case "error" -> {
        String error = text(parser, name);
        if (!error.isEmpty()) {
          envelope.error(error);
        }
      }
      case "update_b64" -> {
        require(parser, token == JsonToken.VALUE_STRING, name, "a string");
        byte[] payload = parser.getBinaryValue();
        require(parser, payload.length <= limits.maxStringLength() / 4L * 3, name, "shorter");
        envelope.payload(payload);
      }
      case "update" -> envelope.update(ModelJson.read(parser, limits.maxValues()));
      case "shape" -> envelope.shape(shape(parser));
      case "metrics" -> envelope.metrics(metrics(parser));
      default -> parser.skipChildren();
    }
  }

  private static String text(JsonParser parser, String name) throws IOException {
    require(parser, parser.currentToken().isScalarValue(), name, "a string or a number");
    return parser.getText();
  }

  private static double number(JsonParser parser, String name) throws IOException {
    require(parser, parser.currentToken().isNumeric(), name, "a number");
    return parser.getDoubleValue();
  }

  private static long wholeNumber(JsonParser parser, String name) throws IOException {
    double value = number(parser, name);
    require(parser, value == Math.rint(value) && Math.abs(value) < 0x1p53, name, "a whole number");
    return (long) value;
  }

  private static void require(JsonParser parser, boolean holds, String name, String right)
      throws IOException {
    if (!holds) {
      throw new JsonParseException(parser, name + " must be " + right);
    }
  }

  private static TrainingMetrics metrics(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return TrainingMetrics.NONE;
    }
    OptionalDouble loss = OptionalDouble.empty();
    OptionalDouble accuracy = OptionalDouble.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!parser.nextToken().isNumeric()) {
        parser.skipChildren();
      } else if (name.equals("loss")) {
        loss = OptionalDouble.of(parser.getDoubleValue());
      } else if (name.equals("accuracy")) {
        accuracy = OptionalDouble.of(parser.getDoubleValue());
      }
    }
    return new TrainingMetrics(loss, accuracy);
  }

  /** Reads {@code {"w":[2,3],"b":[]}}, or {@code [2,3]} for an update without names. */
  private static List<Part> shape(JsonParser parser) throws IOException {
    List<Part> parts = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      parts.add(Part.of("", dimensions(parser)));
      return parts;
    }
    require(
        parser, parser.currentToken() == JsonToken.START_OBJECT, "shape", "an object or an array");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      parts.add(Part.of(name.startsWith("/") ? name : "/" + name, dimensions(parser)));
    }
    return parts;
  }

  private static List<Integer> dimensions(JsonParser parser) throws IOException {
    List<Integer> dimensions = new ArrayList<>();
    require(
        parser,
        parser.currentToken() == JsonToken.START_ARRAY,
        "shape",
        "made of arrays of whole numbers");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(
          parser,
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
          "shape",
          "made of arrays of whole numbers");
      dimensions.add(parser.getIntValue());
    }
    return dimensions;
  }
}
