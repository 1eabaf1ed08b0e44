package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.propeller.mqtt.codec.DecodeException.Reason;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.TaskId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one message in the order in which they come. A value that is null counts as
 * absent. Each method that returns a value leaves the reader at its end.
 */
final class JsonReader {

  private final JsonParser parser;
  private final byte[] payload;
  private final String topic;
  private final Limits limits;
  private boolean skipped;
  private int namedDepth = Integer.MAX_VALUE;

  JsonReader(JsonParser parser, byte[] payload, String topic, Limits limits) {
    this.parser = parser;
    this.payload = payload;
    this.topic = topic;
    this.limits = limits;
  }

  /** Enters the object that the message is. */
  void begin() throws IOException, DecodeException {
    parser.nextToken();
    expect(JsonToken.START_OBJECT);
  }

  /** Makes sure that nothing follows the message. */
  void end() throws IOException, DecodeException {
    if (parser.nextToken() != null) {
      throw refuse(Reason.MALFORMED);
    }
  }

  /** Makes sure that the value at hand is an object, whose fields are then to be read. */
  void object() throws DecodeException {
    expect(JsonToken.START_OBJECT);
  }

  /**
   * Moves to the next field that has a value, and returns its name; null at the end of the object.
   */
  @Nullable String nextField() throws IOException, DecodeException {
    while (true) {
      String name = parser.nextFieldName();
      if (name == null) {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
          throw refuse(Reason.MALFORMED);
        }
        return null;
      }
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        return name;
      }
    }
  }

  /** Passes over the value at hand. */
  void skip() throws IOException {
    skipped = true;
    parser.skipChildren();
  }

  /** Returns whether a value has been passed over. */
  boolean hasSkipped() {
    return skipped;
  }

  boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean atText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  boolean atNumber() {
    return parser.currentToken().isNumeric();
  }

  String text() throws IOException, DecodeException {
    expect(JsonToken.VALUE_STRING);
    String text = parser.getText();
    if (text.length() > limits.textBytes()) {
      throw refuse(Reason.TOO_LONG);
    }
    return text;
  }

  /** Returns a text, or what a number is spelt as. */
  String textOrNumber() throws IOException, DecodeException {
    return atNumber() ? parser.getText() : text();
  }

  boolean bool() throws DecodeException {
    if (!parser.currentToken().isBoolean()) {
      throw refuse(Reason.WRONG_TYPE);
    }
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  /** Returns a finite number. */
  double real() throws IOException, DecodeException {
    if (!atNumber()) {
      throw refuse(Reason.WRONG_TYPE);
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw refuse(Reason.WRONG_VALUE);
    }
    return value;
  }

  /** Returns a whole number; one beyond the range of a long becomes the end of it. */
  long whole() throws IOException, DecodeException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? (parser.getBigIntegerValue().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
          : parser.getLongValue();
    }
    double value = real();
    if (value != Math.rint(value)) {
      throw refuse(Reason.WRONG_TYPE);
    }
    return (long) value;
  }

  /** Returns a whole number from one end to the other. */
  int whole(int least, int most) throws IOException, DecodeException {
    long value = whole();
    if (value < least || value > most) {
      throw refuse(Reason.WRONG_VALUE);
    }
    return (int) value;
  }

  TaskId taskId() throws IOException, DecodeException {
    return value(TaskId::of, text());
  }

  PropletId propletId() throws IOException, DecodeException {
    return value(PropletId::of, text());
  }

  RoundId roundId() throws IOException, DecodeException {
    return value(RoundId::of, textOrNumber());
  }

  /** Returns what a function makes of a text that it may not accept. */
  <T> T value(Function<String, T> parse, String text) throws DecodeException {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw refuse(Reason.WRONG_VALUE);
    }
  }

  List<String> texts() throws IOException, DecodeException {
    return list(JsonReader::text);
  }

  <T> List<T> list(Element<T> element) throws IOException, DecodeException {
    expect(JsonToken.START_ARRAY);
    ImmutableList.Builder<T> list = ImmutableList.builder();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw refuse(Reason.MALFORMED);
      }
      list.add(element.read(this));
    }
    return list.build();
  }

  /** Returns the fields of an object whose names are the sender's. */
  <T> Map<String, T> map(Element<T> element) throws IOException, DecodeException {
    object();
    int outer = namedDepth;
    namedDepth = Math.min(outer, parser.getParsingContext().getNestingDepth() - 1);
    Map<String, T> map = new LinkedHashMap<>();
    for (String name = nextField(); name != null; name = nextField()) {
      map.put(name, element.read(this));
    }
    namedDepth = outer;
    return ImmutableMap.copyOf(map);
  }

  /** Returns the value at hand as it is written. */
  Json json() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT, START_ARRAY -> {
        int from = tokenOffset();
        parser.skipChildren();
        yield Json.parse(new String(payload, from, offset() - from, StandardCharsets.UTF_8));
      }
      case VALUE_STRING ->
          Json.parse(
              '"'
                  + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(parser.getText()))
                  + '"');
      default -> Json.parse(parser.getText());
    };
  }

  /** Returns the byte at which the value at hand starts. */
  int tokenOffset() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Returns the byte after the last one read. */
  int offset() {
    return (int) parser.currentLocation().getByteOffset();
  }

  byte[] payload() {
    return payload;
  }

  /**
   * Returns the bytes that a text spells in base64. Decodes it where it lies, if it has no escapes:
   * a copy as characters would cost more than the rest.
   */
  Bytes base64() throws IOException, DecodeException {
    expect(JsonToken.VALUE_STRING);
    int from = tokenOffset() + 1;
    int to = from;
    while (to < payload.length && payload[to] != '"' && payload[to] != '\\') {
      to++;
    }
    if (to - from > limits.updateTextBytes()) {
      throw refuse(Reason.TOO_LONG);
    }
    ByteBuffer text =
        to < payload.length && payload[to] == '"'
            ? ByteBuffer.wrap(payload, from, to - from)
            : StandardCharsets.UTF_8.encode(parser.getText());
    try {
      return bytes(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw refuse(Reason.WRONG_VALUE);
    }
  }

  private static Bytes bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.array().length == buffer.remaining()) {
      return Bytes.wrap(buffer.array());
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return Bytes.wrap(copy);
  }

  /** Returns what a supplier gives that may find the message's parts not to fit. */
  <T> T checked(Supplier<T> supplier) throws DecodeException {
    try {
      return supplier.get();
    } catch (IllegalArgumentException e) {
      throw refuse(Reason.WRONG_VALUE, "");
    }
  }

  /** Returns a value that must have been there. */
  <T> T require(@Nullable T value, String field) throws DecodeException {
    if (value == null) {
      throw refuse(Reason.MISSING, field);
    }
    return value;
  }

  /** Makes a refusal of the value at hand. */
  DecodeException refuse(Reason reason) {
    return refuse(reason, path());
  }

  /** Makes a refusal of a field of the message. */
  DecodeException refuse(Reason reason, String field) {
    return new DecodeException(reason, topic, field, offset(), payload);
  }

  private void expect(JsonToken token) throws DecodeException {
    if (parser.currentToken() != token) {
      throw refuse(parser.currentToken() == null ? Reason.MALFORMED : Reason.WRONG_TYPE);
    }
  }

  /** Returns the names down to the value at hand, without those that are the sender's. */
  private String path() {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
      if (at.hasCurrentName() && at.getNestingDepth() <= namedDepth) {
        path.insert(0, path.isEmpty() ? at.getCurrentName() : at.getCurrentName() + ".");
      }
    }
    return path.toString();
  }

  /** Reads one element of a list or a map. */
  @FunctionalInterface
  interface Element<T> {
    T read(JsonReader in) throws IOException, DecodeException;
  }
}
