package io.propeller.mqtt.message;

/**
 * Identifies a worker on the wire: its client id at the broker.
 *
 * @param value 1 to 256 characters, none of them a control character
 */
public record PropletId(String value) {

  /**
   * Checks the identifier.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a control
   *     character
   */
  public PropletId {
    Names.check("proplet id", value);
  }

  /**
   * Returns the identifier with this text.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a control
   *     character
   */
  public static PropletId of(String value) {
    return new PropletId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
