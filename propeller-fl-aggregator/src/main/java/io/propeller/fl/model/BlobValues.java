package io.propeller.fl.model;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Values that stay where they are kept until a range of them is read.
 *
 * @param type how many bytes each takes, little-endian
 * @param blob where they are
 * @param offset position of the first value's first byte
 * @param length number of values
 */
public record BlobValues(ElementType type, Blob blob, long offset, int length) implements Values {
  private static final int CHUNK = 8_192;

  @Override
  public void read(int from, int count, double[] into) {
    byte[] chunk = new byte[Math.min(count, CHUNK) * type.bytes()];
    double[] decoded = new double[Math.min(count, CHUNK)];
    for (int done = 0; done < count; done += CHUNK) {
      int n = Math.min(CHUNK, count - done);
      readBytes(from + done, n, chunk);
      new PackedValues(type, chunk, 0, n).read(0, n, decoded);
      System.arraycopy(decoded, 0, into, done, n);
    }
  }

  /**
   * Copies a range as the bytes that they are.
   *
   * @throws UncheckedIOException if they cannot be read
   */
  public void readBytes(int from, int count, byte[] into) {
    try {
      blob.read(offset + (long) from * type.bytes(), into, 0, count * type.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "an update of " + length + " values cannot be read from the store", e);
    }
  }
}
