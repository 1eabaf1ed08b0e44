package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.propeller.mqtt.codec.DecodeException.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the fields of a message in the order in which they come, and of one message after
 * another. A value that is null counts as absent.
 */
class JsonCursor {

  /** How many bytes of messages with names of their senders' may have been read. */
  private static final int MAX_STRANGE_BYTES = 64 << 10;

  private final Limits limits;
  final MessageParser parser;
  private String topic = "";
  private boolean strange;
  private int strangeBytes;
  private int namedDepth;

  /** The key to look for first. */
  private int usual;

  JsonCursor(Limits limits) {
    this.limits = limits;
    this.parser = new MessageParser(limits);
  }

  /** Starts with a message, and enters the object that it is. */
  void begin(byte[] message, String from) throws IOException, DecodeException {
    parser.open(message);
    topic = from;
    strange = false;
    namedDepth = Integer.MAX_VALUE;
    usual = 0;
    parser.nextToken();
    expect(JsonToken.START_OBJECT);
  }

  /** Makes sure that nothing follows the message. */
  void end() throws IOException, DecodeException {
    if (!parser.isAtEnd()) {
      throw refuse(Reason.MALFORMED);
    }
    strangeBytes += strange ? parser.message().length : 0;
    parser.letGo();
  }

  /**
   * Returns whether there have been too many names that are not of the protocol, all of which the
   * reader remembers.
   */
  boolean isSpent() {
    return strangeBytes > MAX_STRANGE_BYTES;
  }

  /** Returns whether the value at hand is nested deeper than it may be. */
  boolean isTooDeep() {
    return parser.getParsingContext().getNestingDepth() > limits.depth();
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
        return endOfObject();
      }
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        return name;
      }
    }
  }

  /**
   * Moves to the next field of the message that has a value and one of these keys, and returns the
   * key; null at the end. In less time than {@link #nextField} if the keys come in the usual order.
   */
  <K extends Enum<K>> @Nullable K next(Keys<K> keys) throws IOException, DecodeException {
    while (true) {
      int index = usual;
      if (!parser.nextFieldName(keys.name(index))) {
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
          expect(JsonToken.END_OBJECT);
          return null;
        }
        index = keys.indexOf(parser.currentName());
      }
      JsonToken value = parser.nextToken();
      if (index < 0) {
        skip();
      } else {
        usual = keys.after(index);
        if (value != JsonToken.VALUE_NULL) {
          return keys.get(index);
        }
      }
    }
  }

  private @Nullable String endOfObject() throws DecodeException {
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw refuse(Reason.MALFORMED);
    }
    return null;
  }

  /** Passes over the value at hand. */
  void skip() throws IOException {
    strange = true;
    parser.skipChildren();
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

  /** Notes that the names in the object at hand are the sender's; returns what to undo it with. */
  int hideNames() {
    int outer = namedDepth;
    strange = true;
    namedDepth = Math.min(outer, parser.getParsingContext().getNestingDepth() - 1);
    return outer;
  }

  void showNames(int outer) {
    namedDepth = outer;
  }

  /** Returns the byte at which the value at hand starts. */
  int tokenOffset() {
    return parser.tokenOffset();
  }

  /** Returns the byte after the last one read. */
  int offset() {
    return parser.offset();
  }

  /** Makes a refusal of the value at hand. */
  DecodeException refuse(Reason reason) {
    return refuse(reason, path());
  }

  /** Makes a refusal of a field of the message. */
  DecodeException refuse(Reason reason, String field) {
    return new DecodeException(reason, topic, field, offset(), parser.message());
  }

  void expect(JsonToken token) throws DecodeException {
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
}
