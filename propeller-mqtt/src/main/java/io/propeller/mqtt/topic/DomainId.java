package io.propeller.mqtt.topic;

/**
 * Identifies a domain at the broker.
 *
 * @param value one level of a topic
 */
public record DomainId(String value) {

  /**
   * Checks the identifier.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a slash, a
   *     wildcard or a control character
   */
  public DomainId {
    Level.check("domain id", value);
  }

  /**
   * Returns the identifier with this text.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a slash, a
   *     wildcard or a control character
   */
  public static DomainId of(String value) {
    return new DomainId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
