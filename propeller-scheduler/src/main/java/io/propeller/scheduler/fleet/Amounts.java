package io.propeller.scheduler.fleet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Quantities as a vector whose places {@link Dimensions} assigns; beyond its length, all are 0.
 * Never changed.
 */
final class Amounts {

  private final long[] values;

  Amounts(long[] values) {
    this.values = values;
  }

  long get(int dimension) {
    return dimension < values.length ? values[dimension] : 0;
  }

  int length() {
    return values.length;
  }

  boolean unlimited(int dimension) {
    return get(dimension) == Long.MAX_VALUE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Amounts that && Arrays.equals(values, that.values));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
