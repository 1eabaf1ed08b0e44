package io.propeller.fl.update;

import com.google.common.primitives.Ints;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flat JSON array of numbers, the bulk of what workers send, without a token or a string
 * per number.
 *
 * <p>Its grammar is that of RFC 8259 and its values are those of {@link Double#parseDouble}.
 */
public final class JsonNumberArray {
  private static final int BYTES_PER_NUMBER = 12;
  private static final int MAX_MANTISSA_DIGITS = 19;
  private static final int MAX_EXPONENT = 100_000;

  private final byte[] text;
  private final int maxNumberLength;
  private int at;

  private JsonNumberArray(byte[] text, int maxNumberLength) {
    this.text = text;
    this.maxNumberLength = maxNumberLength;
  }

  /**
   * Reads an array from the start of the text, and ignores what comes after it.
   *
   * @return its numbers; null if the text does not begin with a flat array of numbers within the
   *     limits, which a slower parser may then explain
   */
  public static double @Nullable [] parse(byte[] text, DecodeLimits limits) {
    return new JsonNumberArray(text, limits.maxNumberLength()).array(limits.maxValues());
  }

  private double @Nullable [] array(int maxValues) {
    if (skipSpace() != '[') {
      return null;
    }
    at++;
    if (skipSpace() == ']') {
      return new double[0];
    }
    double[] values = new double[Math.max(1, Math.min(maxValues, text.length / BYTES_PER_NUMBER))];
    int size = 0;
    while (true) {
      skipSpace();
      int start = at;
      double value = number();
      if (Double.isNaN(value) || at - start > maxNumberLength || size == maxValues) {
        return null;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, Ints.saturatedCast(Math.min(maxValues, 2L * size)));
      }
      values[size++] = value;
      int next = skipSpace();
      at++;
      if (next == ']') {
        return size == values.length ? values : Arrays.copyOf(values, size);
      }
      if (next != ',') {
        return null;
      }
    }
  }

  private int peek() {
    return at < text.length ? text[at] : -1;
  }

  private int skipSpace() {
    int c = peek();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      at++;
      c = peek();
    }
    return c;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Reads a number; NaN, which JSON cannot say, if there is none. */
  private double number() {
    int start = at;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    long mantissa = 0;
    int integerStart = at;
    int c = peek();
    while (isDigit(c)) {
      mantissa = 10 * mantissa + (c - '0');
      at++;
      c = peek();
    }
    int digits = at - integerStart;
    if (digits == 0 || (digits > 1 && text[integerStart] == '0')) {
      return Double.NaN;
    }
    int exponent = 0;
    if (c == '.') {
      at++;
      int fractionStart = at;
      c = peek();
      while (isDigit(c)) {
        mantissa = 10 * mantissa + (c - '0');
        at++;
        c = peek();
      }
      exponent = fractionStart - at;
      if (exponent == 0) {
        return Double.NaN;
      }
      digits -= exponent;
      if (text[integerStart] == '0') {
        digits -= leadingZeros(fractionStart) + 1;
      }
    }
    if (c == 'e' || c == 'E') {
      at++;
      int explicit = exponent();
      if (explicit == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      exponent += explicit;
    }
    double magnitude =
        digits > MAX_MANTISSA_DIGITS ? Double.NaN : DecimalToDouble.convert(mantissa, exponent);
    if (Double.isNaN(magnitude)) {
      return Double.parseDouble(new String(text, start, at - start, StandardCharsets.ISO_8859_1));
    }
    return negative ? -magnitude : magnitude;
  }

  private int leadingZeros(int from) {
    int zeros = 0;
    while (from + zeros < at && text[from + zeros] == '0') {
      zeros++;
    }
    return zeros;
  }

  /** Reads what follows an {@code e}; {@link Integer#MIN_VALUE} if that is no whole number. */
  private int exponent() {
    boolean negative = peek() == '-';
    if (negative || peek() == '+') {
      at++;
    }
    int first = at;
    int value = 0;
    for (int c = peek(); isDigit(c); c = peek()) {
      value = Math.min(MAX_EXPONENT, 10 * value + (c - '0'));
      at++;
    }
    if (at == first) {
      return Integer.MIN_VALUE;
    }
    return negative ? -value : value;
  }
}
