package io.propeller.scheduler.condition;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.condition.Expression.Operand;
import io.propeller.scheduler.condition.Expression.Operator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the grammar that {@link Condition} gives, by recursive descent. */
final class Parser {

  private static final int DEEPEST = 100;

  /** Those of two characters first, so that none is taken for its own beginning. */
  private static final List<Map.Entry<String, Operator>> OPERATORS =
      List.of(
          Map.entry("<=", Operator.LESS_OR_EQUAL),
          Map.entry(">=", Operator.GREATER_OR_EQUAL),
          Map.entry("==", Operator.EQUAL),
          Map.entry("!=", Operator.NOT_EQUAL),
          Map.entry("<", Operator.LESS),
          Map.entry(">", Operator.GREATER));

  private final String text;
  private int position;
  private int depth;

  Parser(String text) {
    this.text = text;
  }

  Expression parse() {
    Expression expression = any();
    skipBlanks();
    if (position < text.length()) {
      throw expected("&& or || or the end");
    }
    return expression;
  }

  private Expression any() {
    ImmutableList<Expression> parts = chain("||", this::all);
    return parts.size() == 1 ? parts.get(0) : new Expression.Any(parts);
  }

  private Expression all() {
    ImmutableList<Expression> parts = chain("&&", this::not);
    return parts.size() == 1 ? parts.get(0) : new Expression.All(parts);
  }

  private ImmutableList<Expression> chain(String link, Supplier<Expression> part) {
    ImmutableList.Builder<Expression> parts = ImmutableList.builder();
    do {
      parts.add(part.get());
    } while (take(link));
    return parts.build();
  }

  private Expression not() {
    if (take("!")) {
      return nested(() -> new Expression.Not(not()));
    }
    if (!take("(")) {
      return comparison();
    }
    Expression inner = nested(this::any);
    if (!take(")")) {
      throw expected("&& or || or )");
    }
    return inner;
  }

  private Expression nested(Supplier<Expression> inner) {
    if (++depth > DEEPEST) {
      throw new ConditionSyntaxException(
          text, position, "is nested more than " + DEEPEST + " deep");
    }
    Expression expression = inner.get();
    depth--;
    return expression;
  }

  private Expression comparison() {
    Operand left = operand();
    for (Map.Entry<String, Operator> operator : OPERATORS) {
      if (take(operator.getKey())) {
        return new Expression.Comparison(left, operator.getValue(), operand());
      }
    }
    throw expected("one of < <= > >= == !=");
  }

  private Operand operand() {
    boolean negative = take("-");
    skipBlanks();
    int start = position;
    if (position < text.length() && isDigit(text.charAt(position))) {
      double number = number(start);
      take("%");
      return new Expression.Constant(negative ? -number : number);
    }
    if (negative) {
      throw expected("a number");
    }
    if (position < text.length() && isLetter(text.charAt(position))) {
      while (position < text.length() && isNamePart(text.charAt(position))) {
        position++;
      }
      String name = text.substring(start, position);
      return name.equals("nil")
          ? new Expression.Constant(Double.NaN)
          : new Expression.Variable(name);
    }
    throw expected("a number, a name or nil");
  }

  private double number(int start) {
    skipDigits();
    if (position + 1 < text.length()
        && text.charAt(position) == '.'
        && isDigit(text.charAt(position + 1))) {
      position++;
      skipDigits();
    }
    return Double.parseDouble(text.substring(start, position));
  }

  private void skipDigits() {
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
  }

  private boolean take(String token) {
    skipBlanks();
    boolean there = text.startsWith(token, position);
    position += there ? token.length() : 0;
    return there;
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private ConditionSyntaxException expected(String what) {
    skipBlanks();
    String found =
        position < text.length() ? "'" + text.charAt(position) + "'" : "the end of the text";
    return new ConditionSyntaxException(text, position, "expected " + what + ", found " + found);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || isDigit(c) || c == '.' || c == '-';
  }
}
