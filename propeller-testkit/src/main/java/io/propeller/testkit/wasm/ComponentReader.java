package io.propeller.testkit.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the sections of a component. */
final class ComponentReader {

  /** What every component begins with: {@code \0asm}, version 13, layer 1. */
  static final byte[] PREAMBLE = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

  private static final int CORE_MODULE = 1;

  private final byte[] bytes;
  private int at = PREAMBLE.length;

  private ComponentReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static boolean isComponent(byte[] bytes) {
    return bytes.length >= PREAMBLE.length
        && Arrays.equals(bytes, 0, PREAMBLE.length, PREAMBLE, 0, PREAMBLE.length);
  }

  /**
   * Returns the core modules of a component, in its order; those of components within it are not
   * among them.
   *
   * @throws IllegalArgumentException if a section is longer than what is left
   */
  static List<byte[]> coreModules(byte[] component) {
    return new ComponentReader(component).coreModules();
  }

  private List<byte[]> coreModules() {
    List<byte[]> modules = new ArrayList<>();
    while (at < bytes.length) {
      int id = bytes[at++];
      int length = number();
      if (length < 0 || length > bytes.length - at) {
        throw new IllegalArgumentException("the component ends within a section");
      }
      if (id == CORE_MODULE) {
        modules.add(Arrays.copyOfRange(bytes, at, at + length));
      }
      at += length;
    }
    return modules;
  }

  private int number() {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE && at < bytes.length; shift += 7) {
      int next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }
}
