package io.propeller.fl.model;

/** The values of an array of doubles. */
final class DoubleArrayValues implements Values {
  private final double[] array;

  DoubleArrayValues(double[] array) {
    this.array = array;
  }

  @Override
  public int length() {
    return array.length;
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT64;
  }

  @Override
  public void read(int from, int count, double[] into) {
    System.arraycopy(array, from, into, 0, count);
  }
}
