package io.propeller.fl.model;

import java.util.Arrays;

/**
 * A flat vector with named parts.
 *
 * <p>Immutable; two are equal when their shapes and the bits of all values are.
 */
public final class Model {
  private final ModelShape shape;
  private final double[] values;

  private Model(ModelShape shape, double[] values) {
    if (values.length != shape.length()) {
      throw new IllegalArgumentException(
          "a model of shape " + shape + " has " + shape.length() + " values, not " + values.length);
    }
    this.shape = shape;
    this.values = values;
  }

  /**
   * Returns a model of a copy of these values.
   *
   * @throws IllegalArgumentException if there are more or fewer than the shape says
   */
  public static Model of(ModelShape shape, double... values) {
    return new Model(shape, values.clone());
  }

  /**
   * Returns a model that takes the array over: who passes it must not write to it again.
   *
   * @throws IllegalArgumentException if there are more or fewer values than the shape says
   */
  public static Model wrap(ModelShape shape, double[] values) {
    return new Model(shape, values);
  }

  /** Returns what the values mean. */
  public ModelShape shape() {
    return shape;
  }

  /** Returns the number of values. */
  public int length() {
    return values.length;
  }

  /** Returns one value of the flat vector. */
  public double value(int index) {
    return values[index];
  }

  /** Returns a copy of the flat vector. */
  public double[] toArray() {
    return values.clone();
  }

  /**
   * Returns a copy of one part.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public double[] part(String name) {
    int from = shape.offset(name);
    for (Part part : shape.parts()) {
      if (part.name().equals(name)) {
        return Arrays.copyOfRange(values, from, from + part.size());
      }
    }
    throw new AssertionError(name);
  }

  /** Returns the index of the first value that is a NaN or an infinity; -1 if all are finite. */
  public int firstNonFinite() {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the flat vector without copying it. */
  public Values values() {
    return Values.of(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Model model
        && shape.equals(model.shape)
        && Arrays.equals(values, model.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Model[" + shape + "]";
  }
}
