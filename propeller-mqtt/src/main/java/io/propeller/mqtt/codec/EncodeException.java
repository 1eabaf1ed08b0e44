package io.propeller.mqtt.codec;

/** Says why a worker could not read a message, which is therefore not sent. */
public final class EncodeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Makes the refusal.
   *
   * @param message what is wrong and what would be right
   */
  public EncodeException(String message) {
    super(message);
  }
}
