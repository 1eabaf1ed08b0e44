package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Jackson's parser of bytes, which goes on with another message where one made anew for each would
 * cost more than to parse it. After a message that was not read to its end it is of no more use.
 */
final class MessageParser extends UTF8StreamJsonParser {

  private static final byte[] NOTHING = {};

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  MessageParser(Limits limits) {
    super(
        context(limits),
        JsonParser.Feature.collectDefaults(),
        null,
        null,
        // Not the tables of a factory, which keep the names that its parsers have met: any sender
        // can make up names.
        ByteQuadsCanonicalizer.createRoot()
            .makeChild(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW.getMask()),
        NOTHING,
        0,
        0,
        0,
        false);
  }

  private static IOContext context(Limits limits) {
    return new IOContext(
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth())
            .maxNumberLength(limits.numberLength())
            .maxNameLength(limits.nameLength())
            .maxStringLength(limits.updateTextBytes())
            .build(),
        StreamWriteConstraints.defaults(),
        ErrorReportConfiguration.defaults(),
        new BufferRecycler(),
        ContentReference.redacted(),
        true);
  }

  /** Goes on with a message. */
  void open(byte[] message) {
    _inputBuffer = message;
    _inputPtr = 0;
    _inputEnd = message.length;
    _currInputRow = 1;
    _currInputRowStart = 0;
  }

  /** Lets go of the message. */
  void letGo() {
    open(NOTHING);
  }

  byte[] message() {
    return _inputBuffer;
  }

  /** Returns the byte after the last one read. */
  int offset() {
    return _inputPtr;
  }

  /** Returns the byte at which the value at hand starts. */
  int tokenOffset() {
    // It counts the first byte of the value as read.
    return (int) _tokenInputTotal - 1;
  }

  /** Returns whether what has not been read is white space. */
  boolean isAtEnd() {
    for (int i = _inputPtr; i < _inputEnd; i++) {
      byte b = _inputBuffer[i];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns where the text at hand ends: at its closing quote, at its first escape, or at the end
   * of the message.
   */
  int endOfText() {
    int at = tokenOffset() + 1;
    while (at <= _inputEnd - Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(_inputBuffer, at);
      long found = zeros(eight ^ (ONES * '"')) | zeros(eight ^ (ONES * '\\'));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < _inputEnd && _inputBuffer[at] != '"' && _inputBuffer[at] != '\\') {
      at++;
    }
    return at;
  }

  /** Marks the lowest byte that is zero by its high bit; those above it may be marked wrongly. */
  private static long zeros(long bytes) {
    return (bytes - ONES) & ~bytes & HIGH_BITS;
  }

  /** Returns whether the text at hand is this one, without escapes, and passes over it if it is. */
  boolean take(SerializedString text) {
    byte[] wanted = text.asQuotedUTF8();
    int quote = _inputPtr + wanted.length;
    boolean same =
        _tokenIncomplete
            && quote < _inputEnd
            && _inputBuffer[quote] == '"'
            && Arrays.equals(_inputBuffer, _inputPtr, quote, wanted, 0, wanted.length);
    if (same) {
      skipText(quote);
    }
    return same;
  }

  /** Leaves out the rest of the text at hand, whose closing quote is at a byte. */
  void skipText(int quote) {
    _tokenIncomplete = false;
    _inputPtr = quote + 1;
  }
}
