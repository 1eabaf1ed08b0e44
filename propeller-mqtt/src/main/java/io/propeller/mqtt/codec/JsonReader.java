package io.propeller.mqtt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the values of messages. Each method that returns one leaves the reader at its end. */
final class JsonReader extends JsonCursor {

  private final Limits limits;

  JsonReader(Limits limits) {
    super(limits);
    this.limits = limits;
  }

  String text() throws IOException, DecodeException {
    expect(JsonToken.VALUE_STRING);
    return atMost(limits.textBytes(), parser.getText());
  }

  /** Returns a text that may be as long as an update: what a task gave back. */
  String longText() throws IOException, DecodeException {
    expect(JsonToken.VALUE_STRING);
    return atMost(limits.updateTextBytes(), parser.getText());
  }

  /** Returns which of these the text at hand is; null for none. */
  <K extends Enum<K>> @Nullable K oneOf(Keys<K> words) throws IOException, DecodeException {
    expect(JsonToken.VALUE_STRING);
    int index = words.take(parser);
    if (index < 0) {
      index = words.indexOf(text());
    }
    return index < 0 ? null : words.get(index);
  }

  private String atMost(int length, String value) throws DecodeException {
    if (value.length() > length) {
      throw refuse(Reason.TOO_LONG);
    }
    return value;
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

  /** Returns a finite number; passes over anything else, and returns null. */
  @Nullable Double figure() throws IOException {
    double value = atNumber() ? parser.getDoubleValue() : Double.NaN;
    skip();
    return Double.isFinite(value) ? (Double) value : null;
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

  /** Returns the fields of an object whose names are the sender's, but those read as null. */
  <T> Map<String, T> map(Field<T> field) throws IOException, DecodeException {
    object();
    int outer = hideNames();
    Map<String, T> map = new LinkedHashMap<>();
    for (String name = nextField(); name != null; name = nextField()) {
      T value = field.read(this);
      if (value != null) {
        map.put(name, value);
      }
    }
    showNames(outer);
    return ImmutableMap.copyOf(map);
  }

  /** Returns the value at hand as it is written. */
  Json json() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT, START_ARRAY -> {
        int from = tokenOffset();
        skip();
        yield json(from);
      }
      case VALUE_STRING ->
          Json.parse(
              '"'
                  + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(parser.getText()))
                  + '"');
      default -> Json.parse(parser.getText());
    };
  }

  /** Returns the value that starts at a byte and ends with the one read last, as it is written. */
  Json json(int from) {
    return Json.parse(new String(parser.message(), from, offset() - from, UTF_8));
  }

  /** Returns what has been read from a byte on. */
  Bytes bytes(int from) {
    return Bytes.wrap(Arrays.copyOfRange(parser.message(), from, offset()));
  }

  /**
   * Returns the bytes that a text spells in base64. Decodes it where it lies, if it has no escapes:
   * a copy as characters would cost more than the rest.
   */
  Bytes base64() throws IOException, DecodeException {
    expect(JsonToken.VALUE_STRING);
    byte[] message = parser.message();
    int from = tokenOffset() + 1;
    int to = parser.endOfText();
    if (to - from > limits.updateTextBytes()) {
      throw refuse(Reason.TOO_LONG);
    }
    if (to == message.length || message[to] == '\\') {
      return decode(UTF_8.encode(atMost(limits.updateTextBytes(), parser.getText())));
    }
    Bytes bytes = decode(ByteBuffer.wrap(message, from, to - from));
    parser.skipText(to);
    return bytes;
  }

  private Bytes decode(ByteBuffer base64) throws DecodeException {
    try {
      ByteBuffer decoded = Base64.getDecoder().decode(base64);
      if (decoded.arrayOffset() == 0 && decoded.array().length == decoded.remaining()) {
        return Bytes.wrap(decoded.array());
      }
      byte[] copy = new byte[decoded.remaining()];
      decoded.get(copy);
      return Bytes.wrap(copy);
    } catch (IllegalArgumentException e) {
      throw refuse(Reason.WRONG_VALUE);
    }
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

  /** Reads one value of a map; null leaves it out. */
  @FunctionalInterface
  interface Field<T> {
    @Nullable T read(JsonReader in) throws IOException, DecodeException;
  }

  /** Reads one element of a list. */
  @FunctionalInterface
  interface Element<T> {
    T read(JsonReader in) throws IOException, DecodeException;
  }
}
