package io.propeller.scheduler.condition;

import org.jspecify.annotations.Nullable;

/**
 * A condition on metrics, such as {@code cpu < 25% && (battery > 40 || battery == nil)}.
 *
 * <pre>
 * condition  = and { "||" and }
 * and        = not { "&amp;&amp;" not }
 * not        = "!" not | "(" condition ")" | operand operator operand
 * operator   = "<" | "<=" | ">" | ">=" | "==" | "!="
 * operand    = [ "-" ] number [ "%" ] | name | "nil"
 * number     = digits [ "." digits ]
 * name       = letter or "_", then letters, digits, "_", ".", "-"
 * </pre>
 *
 * <p>A percent sign says what a number means and changes nothing: metrics that are shares are
 * reported in percent. A name that was never reported is nil. Nil equals nil and nothing else, and
 * is neither less nor greater than anything.
 *
 * <p>Immutable. To evaluate a condition allocates nothing.
 */
public final class Condition {

  private final String text;
  private final Expression expression;

  private Condition(String text, Expression expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * Compiles a condition.
   *
   * @throws ConditionSyntaxException if the text is not a condition, or parentheses and negations
   *     are nested more than 100 deep
   */
  public static Condition parse(String text) {
    return new Condition(text, new Parser(text).parse());
  }

  /** Tells whether the condition is true of these metrics. */
  public boolean test(Metrics metrics) {
    return expression.test(metrics);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Condition that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the text that it was compiled from. */
  @Override
  public String toString() {
    return text;
  }
}
