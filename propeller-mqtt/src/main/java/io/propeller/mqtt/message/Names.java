package io.propeller.mqtt.message;

/** The rule for the identifiers that the protocol carries as text. */
final class Names {

  /** The most characters that an identifier may have. */
  static final int MAX_LENGTH = 256;

  private Names() {}

  /**
   * Returns {@code value} if it can be an identifier.
   *
   * @throws IllegalArgumentException if it is empty, longer than {@value #MAX_LENGTH}, or holds a
   *     control character
   */
  static String check(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + " has " + value.length() + " characters; the most is " + MAX_LENGTH);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < '\u007F') {
        continue;
      }
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(what + " holds a control character at index " + i);
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair) {
          throw new IllegalArgumentException(
              what + " holds half of a surrogate pair at index " + i);
        }
        i++;
      }
    }
    return value;
  }
}
