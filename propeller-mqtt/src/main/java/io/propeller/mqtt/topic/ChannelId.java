package io.propeller.mqtt.topic;

/**
 * Identifies a channel at the broker.
 *
 * @param value one level of a topic
 */
public record ChannelId(String value) {

  /**
   * Checks the identifier.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a slash, a
   *     wildcard or a control character
   */
  public ChannelId {
    Level.check("channel id", value);
  }

  /**
   * Returns the identifier with this text.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a slash, a
   *     wildcard or a control character
   */
  public static ChannelId of(String value) {
    return new ChannelId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
