package io.propeller.mqtt.message;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An immutable sequence of bytes, compared by content; a module, or an update. */
public final class Bytes {

  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Returns a copy of the bytes given. */
  public static Bytes copyOf(byte[] bytes) {
    return wrap(bytes.clone());
  }

  /**
   * Returns the array itself as bytes, without a copy; the caller must not change it afterwards.
   */
  public static Bytes wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes);
  }

  /** Returns no bytes. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** Returns how many bytes there are. */
  public int size() {
    return array.length;
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return array.length == 0;
  }

  /** Returns a read-only view, without a copy. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array).asReadOnlyBuffer();
  }

  /** Returns a copy. */
  public byte[] toByteArray() {
    return array.clone();
  }

  /** Returns a copy of the bytes from one index to another, the latter exclusive. */
  public Bytes slice(int from, int to) {
    return wrap(Arrays.copyOfRange(array, from, to));
  }

  /** Returns the SHA-256 of the bytes, as lower-case hexadecimal digits. */
  public String sha256() {
    return Hashing.sha256().hashBytes(array).toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
