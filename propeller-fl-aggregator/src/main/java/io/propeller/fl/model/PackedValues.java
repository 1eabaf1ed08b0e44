package io.propeller.fl.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Values as little-endian bytes, the way they travel and are stored. */
public final class PackedValues implements Values {
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private final ElementType type;
  private final byte[] bytes;
  private final int offset;
  private final int length;

  /**
   * Makes values of a range of an array, which is not copied.
   *
   * @param type how many bytes each takes
   * @param offset index of the first value's first byte
   * @param length number of values
   * @throws IllegalArgumentException if the range is not within the array
   */
  public PackedValues(ElementType type, byte[] bytes, int offset, int length) {
    checkArgument(
        offset >= 0 && length >= 0 && offset + (long) length * type.bytes() <= bytes.length,
        "%s values from byte %s do not fit into %s bytes",
        length,
        offset,
        bytes.length);
    this.type = type;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public int length() {
    return length;
  }

  /** Returns the array itself, to be read only. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the index of the first value's first byte. */
  public int offset() {
    return offset;
  }

  /** Returns all of these bytes as values; what is left over at the end is not part of them. */
  public static PackedValues of(ElementType type, byte[] bytes) {
    return new PackedValues(type, bytes, 0, bytes.length / type.bytes());
  }

  /** Returns a copy of these values as 64-bit ones. */
  public static PackedValues pack(double[] values) {
    byte[] bytes = new byte[values.length * Double.BYTES];
    for (int i = 0; i < values.length; i++) {
      putDouble(bytes, i * Double.BYTES, values[i]);
    }
    return of(ElementType.FLOAT64, bytes);
  }

  /** Returns a copy of these values as 32-bit ones. */
  public static PackedValues pack(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      putFloat(bytes, i * Float.BYTES, values[i]);
    }
    return of(ElementType.FLOAT32, bytes);
  }

  /** Reads a float at a byte's index. */
  public static float getFloat(byte[] bytes, int index) {
    return (float) FLOATS.get(bytes, index);
  }

  /** Reads a double at a byte's index. */
  public static double getDouble(byte[] bytes, int index) {
    return (double) DOUBLES.get(bytes, index);
  }

  /** Writes a float at a byte's index. */
  public static void putFloat(byte[] bytes, int index, float value) {
    FLOATS.set(bytes, index, value);
  }

  /** Writes a double at a byte's index. */
  public static void putDouble(byte[] bytes, int index, double value) {
    DOUBLES.set(bytes, index, value);
  }

  @Override
  public void read(int from, int count, double[] into) {
    int at = offset + from * type.bytes();
    switch (type) {
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          into[i] = getFloat(bytes, at + i * Float.BYTES);
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          into[i] = getDouble(bytes, at + i * Double.BYTES);
        }
      }
    }
  }
}
