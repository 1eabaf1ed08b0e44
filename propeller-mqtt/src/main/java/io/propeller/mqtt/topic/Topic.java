package io.propeller.mqtt.topic;

/**
 * A topic that a message can be published to.
 *
 * @param value 1 to 65,535 bytes of UTF-8, without wildcard and control character
 */
public record Topic(String value) {

  /**
   * Checks the topic.
   *
   * @throws IllegalArgumentException if no message can be published to it
   */
  public Topic {
    if (value.isEmpty() || !Level.isUtf8(value, 65_535)) {
      throw new IllegalArgumentException("a topic has 1 to 65535 bytes of UTF-8");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '+' || c == '#' || Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "a topic has no wildcard and no control character; the one at index %d is U+%04X"
                .formatted(i, (int) c));
      }
    }
  }

  /**
   * Returns the topic with this text.
   *
   * @throws IllegalArgumentException if no message can be published to it
   */
  public static Topic parse(String value) {
    return new Topic(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
