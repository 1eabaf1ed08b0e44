package io.propeller.mqtt.client;

/** Says that a message may or may not have been sent: the broker has not acknowledged it. */
public final class UnacknowledgedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Makes the report.
   *
   * @param message what came in between
   */
  public UnacknowledgedException(String message) {
    super(message);
  }
}
