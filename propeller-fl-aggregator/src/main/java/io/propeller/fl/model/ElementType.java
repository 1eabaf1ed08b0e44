package io.propeller.fl.model;

/** The IEEE 754 format in which the numbers of a vector are held. */
public enum ElementType {
  FLOAT32("f32", Float.BYTES),
  FLOAT64("f64", Double.BYTES);

  private final String label;
  private final int bytes;

  ElementType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** Returns the name of the format in stored files. */
  public String label() {
    return label;
  }

  /** Returns the size of one number. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ElementType parse(String label) {
    for (ElementType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException("element type must be f32 or f64, is " + label);
  }
}
