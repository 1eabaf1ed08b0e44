package io.propeller.fl.model;

/** The values of an array of floats. */
public final class FloatArrayValues implements Values {
  private final float[] array;

  FloatArrayValues(float[] array) {
    this.array = array;
  }

  /** Returns the array itself, to be read only. */
  public float[] array() {
    return array;
  }

  @Override
  public int length() {
    return array.length;
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  @Override
  public void read(int from, int count, double[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = array[from + i];
    }
  }
}
