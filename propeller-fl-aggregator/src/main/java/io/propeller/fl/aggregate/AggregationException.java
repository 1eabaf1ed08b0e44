package io.propeller.fl.aggregate;

/**
 * Thrown when a rule cannot be applied to the updates of a round. The message says why, for people.
 */
public final class AggregationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a reason. */
  public AggregationException(String reason) {
    super(reason);
  }

  AggregationException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
