package io.propeller.fl.aggregate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Range;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a rule, which are checked as they are read. For use by one thread. */
public final class AggregationConfig {
  private final Map<String, ?> values;
  private final Set<String> known = new TreeSet<>();

  private AggregationConfig(Map<String, ?> values) {
    this.values = values;
  }

  /** Returns parameters as they were read from JSON. */
  public static AggregationConfig of(Map<String, ?> values) {
    return new AggregationConfig(values);
  }

  /** Returns whether a parameter is given. */
  public boolean has(String name) {
    known.add(name);
    return values.get(name) != null;
  }

  /**
   * Returns a number that must be given.
   *
   * @throws IllegalArgumentException if it is missing, not a number, or out of range
   */
  public double number(String name, Range<Double> range) {
    checkArgument(
        has(name), "aggregator.config.%s is missing; it must be a number in %s", name, range);
    Object value = values.get(name);
    checkArgument(
        value instanceof Number number && range.contains(number.doubleValue()),
        "aggregator.config.%s must be a number in %s, is %s",
        name,
        range,
        value);
    return ((Number) value).doubleValue();
  }

  /**
   * Returns a number, or what stands for it if it is not given.
   *
   * @throws IllegalArgumentException if it is not a number, or out of range
   */
  public double number(String name, Range<Double> range, double otherwise) {
    return has(name) ? number(name, range) : otherwise;
  }

  /**
   * Returns a whole number, or what stands for it if it is not given.
   *
   * @throws IllegalArgumentException if it is not a whole number, or out of range
   */
  public int whole(String name, Range<Integer> range, int otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    Object value = values.get(name);
    checkArgument(
        value instanceof Number number
            && number.doubleValue() == Math.rint(number.doubleValue())
            && Math.abs(number.doubleValue()) <= Integer.MAX_VALUE
            && range.contains(number.intValue()),
        "aggregator.config.%s must be a whole number in %s, is %s",
        name,
        range,
        value);
    return ((Number) value).intValue();
  }

  /**
   * Checks that nothing is given that nobody has asked for.
   *
   * @throws IllegalArgumentException otherwise
   */
  void requireAllKnown(String algorithm) {
    Set<String> unknown = new TreeSet<>(Sets.difference(values.keySet(), known));
    checkArgument(
        unknown.isEmpty(),
        "aggregator.config has %s, which %s does not know; it knows %s",
        unknown,
        algorithm,
        known.isEmpty() ? "no parameters" : known);
  }
}
