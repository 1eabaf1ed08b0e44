package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Set;

/**
 * One requirement on a worker's labels, with the meaning that it has in a Kubernetes label
 * selector.
 *
 * @param key the label's name
 * @param operator how the label is compared
 * @param values what it is compared with; none for {@link Operator#EXISTS} and {@link
 *     Operator#DOES_NOT_EXIST}
 */
public record LabelExpression(String key, Operator operator, ImmutableSet<String> values) {

  /** How a label is compared. */
  public enum Operator {
    /** The label is there, and its value is one of those given. */
    IN,
    /** The label is not there, or its value is none of those given. */
    NOT_IN,
    /** The label is there. */
    EXISTS,
    /** The label is not there. */
    DOES_NOT_EXIST
  }

  /**
   * @throws IllegalArgumentException if the key is blank, or there are values where the operator
   *     takes none, or none where it needs some
   */
  public LabelExpression {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a label expression's key must not be blank");
    }
    boolean takesValues = operator == Operator.IN || operator == Operator.NOT_IN;
    if (takesValues == values.isEmpty()) {
      throw new IllegalArgumentException(
          "label expression on %s: %s takes %s, but got %s"
              .formatted(key, operator, takesValues ? "at least one value" : "no values", values));
    }
  }

  /** Returns an expression on the label. */
  public static LabelExpression of(String key, Operator operator, Set<String> values) {
    return new LabelExpression(key, operator, ImmutableSet.copyOf(values));
  }

  /** Tells whether these labels satisfy the expression. */
  public boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
    };
  }

  @Override
  public String toString() {
    return switch (operator) {
      case IN -> key + " in (" + String.join(", ", values) + ")";
      case NOT_IN -> key + " notin (" + String.join(", ", values) + ")";
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
    };
  }
}
