package io.propeller.mqtt.client;

/** Says that a message was not sent, since there is no connection to the broker. */
public final class NotConnectedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Makes the refusal.
   *
   * @param message why there is no connection
   */
  public NotConnectedException(String message) {
    super(message);
  }
}
