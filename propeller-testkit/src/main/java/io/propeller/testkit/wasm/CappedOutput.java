package io.propeller.testkit.wasm;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what is written up to a number of bytes and forgets the rest. */
final class CappedOutput extends OutputStream {

  private final int limit;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean exceeded;

  CappedOutput(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int room = Math.min(length, limit - kept.size());
    kept.write(bytes, from, room);
    exceeded |= room < length;
  }

  boolean exceeded() {
    return exceeded;
  }

  String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
