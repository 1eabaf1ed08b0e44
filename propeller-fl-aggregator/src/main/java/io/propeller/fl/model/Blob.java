package io.propeller.fl.model;

import java.io.IOException;

/** Bytes that do not change, kept somewhere, read by ranges. Safe for use by several threads. */
public interface Blob {

  /** Returns the number of bytes. */
  long size();

  /**
   * Reads a range.
   *
   * @param position of the first byte
   * @param into where they go
   * @param offset index of the first one there
   * @param length how many, all of which must exist
   * @throws IOException if they cannot be read
   */
  void read(long position, byte[] into, int offset, int length) throws IOException;

  /** Returns the blob of an array, which is not copied. */
  static Blob of(byte[] bytes) {
    return new Blob() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long position, byte[] into, int offset, int length) {
        System.arraycopy(bytes, Math.toIntExact(position), into, offset, length);
      }
    };
  }
}
