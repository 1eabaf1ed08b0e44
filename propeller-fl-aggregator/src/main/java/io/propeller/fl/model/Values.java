package io.propeller.fl.model;

/**
 * A vector of numbers that is read by ranges, and need not be in memory.
 *
 * <p>Safe for use by several threads, as long as nobody writes to the array that it was made of.
 */
public sealed interface Values
    permits DoubleArrayValues, FloatArrayValues, PackedValues, BlobValues {

  /** Returns the number of values. */
  int length();

  /** Returns the format in which they are held, which bounds their precision. */
  ElementType type();

  /**
   * Copies a range.
   *
   * @param from index of the first value
   * @param count how many
   * @param into where they go, from index 0
   * @throws java.io.UncheckedIOException if they cannot be read from where they are kept
   */
  void read(int from, int count, double[] into);

  /** Returns the values of an array, which is not copied. */
  static Values of(double[] values) {
    return new DoubleArrayValues(values);
  }

  /** Returns the values of an array, which is not copied. */
  static Values of(float[] values) {
    return new FloatArrayValues(values);
  }

  /** Returns the values as an array of their own. */
  default double[] toArray() {
    double[] all = new double[length()];
    read(0, all.length, all);
    return all;
  }
}
