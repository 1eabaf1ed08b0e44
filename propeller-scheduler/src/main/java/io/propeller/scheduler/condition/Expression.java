package io.propeller.scheduler.condition;

import com.google.common.collect.ImmutableList;

/**
 * A compiled condition, or a part of one. Lists are gone through by index, since an iterator would
 * be allocated.
 */
sealed interface Expression {

  boolean test(Metrics metrics);

  /** True if all of the parts are. */
  record All(ImmutableList<Expression> parts) implements Expression {
    @Override
    public boolean test(Metrics metrics) {
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).test(metrics)) {
          return false;
        }
      }
      return true;
    }
  }

  /** True if any of the parts is. */
  record Any(ImmutableList<Expression> parts) implements Expression {
    @Override
    public boolean test(Metrics metrics) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).test(metrics)) {
          return true;
        }
      }
      return false;
    }
  }

  record Not(Expression negated) implements Expression {
    @Override
    public boolean test(Metrics metrics) {
      return !negated.test(metrics);
    }
  }

  record Comparison(Operand left, Operator operator, Operand right) implements Expression {
    @Override
    public boolean test(Metrics metrics) {
      return operator.test(left.value(metrics), right.value(metrics));
    }
  }

  /** A number, or {@link Double#NaN} for nil. */
  sealed interface Operand {
    double value(Metrics metrics);
  }

  record Constant(double value) implements Operand {
    @Override
    public double value(Metrics metrics) {
      return value;
    }
  }

  record Variable(String name) implements Operand {
    @Override
    public double value(Metrics metrics) {
      return metrics.get(name);
    }
  }

  enum Operator {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    EQUAL,
    NOT_EQUAL;

    boolean test(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
        case EQUAL -> same(left, right);
        case NOT_EQUAL -> !same(left, right);
      };
    }

    private static boolean same(double left, double right) {
      return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }
  }
}
