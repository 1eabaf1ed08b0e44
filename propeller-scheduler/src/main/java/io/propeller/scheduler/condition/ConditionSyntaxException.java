package io.propeller.scheduler.condition;

/**
 * Thrown for a text that is not a condition; says where it went wrong, and what would have been
 * right.
 */
public final class ConditionSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /** Where in the text it went wrong, counted in characters from 0. */
  private final int position;

  ConditionSyntaxException(String text, int position, String problem) {
    super("condition \"%s\", position %d: %s".formatted(text, position, problem));
    this.position = position;
  }

  /**
   * Returns where in the text it went wrong, counted in characters from 0; its length for its end.
   */
  public int position() {
    return position;
  }
}
