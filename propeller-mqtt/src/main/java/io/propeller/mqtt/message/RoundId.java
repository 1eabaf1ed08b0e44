package io.propeller.mqtt.message;

/**
 * Identifies a round of federated learning; on the wire a text or a number, here always the text.
 *
 * @param value 1 to 256 characters, none of them a control character
 */
public record RoundId(String value) {

  /**
   * Checks the identifier.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a control
   *     character
   */
  public RoundId {
    Names.check("round id", value);
  }

  /**
   * Returns the identifier with this text.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a control
   *     character
   */
  public static RoundId of(String value) {
    return new RoundId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
