package io.propeller.mqtt.topic;

import com.google.common.base.Utf8;

/** The rule for what may stand between two slashes of a topic. */
final class Level {

  /** The most bytes of one level; a topic has several, and 65,535 at most. */
  static final int MAX_BYTES = 1024;

  private Level() {}

  /** Returns whether this can be one level of a topic. */
  static boolean isOne(String value) {
    try {
      return check("", value).equals(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns {@code value} if it can be one level of a topic.
   *
   * @throws IllegalArgumentException if it is empty, too long, or holds a slash, a wildcard, a
   *     control character or half of a surrogate pair
   */
  static String check(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    if (!isUtf8(value, MAX_BYTES)) {
      throw new IllegalArgumentException(
          what + " must be UTF-8 of at most " + MAX_BYTES + " bytes");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '/' || c == '+' || c == '#' || Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "%s is one level of a topic, without slash, wildcard or control character; the one at index %d is U+%04X"
                .formatted(what, i, (int) c));
      }
    }
    return value;
  }

  /** Returns whether a text has no half of a surrogate pair, and no more bytes than this. */
  static boolean isUtf8(String value, int most) {
    try {
      return Utf8.encodedLength(value) <= most;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
