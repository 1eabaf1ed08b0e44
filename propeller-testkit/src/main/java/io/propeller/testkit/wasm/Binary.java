package io.propeller.testkit.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of the binary format, as they are put together. For use by one thread. */
final class Binary {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Appends single bytes. */
  Binary add(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  Binary add(byte[] part) {
    bytes.writeBytes(part);
    return this;
  }

  Binary add(Binary part) {
    return add(part.toBytes());
  }

  /** Appends a number of at least 0, as LEB128. */
  Binary number(int value) {
    int left = value;
    while (left > 0x7f) {
      bytes.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes.write(left);
    return this;
  }

  Binary name(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return number(text.length).add(text);
  }

  Binary section(int id, Binary content) {
    byte[] body = content.toBytes();
    return add(id).number(body.length).add(body);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
