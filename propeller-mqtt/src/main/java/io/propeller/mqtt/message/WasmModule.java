package io.propeller.mqtt.message;

/** Where a worker has a module from. */
public sealed interface WasmModule {

  /**
   * The most bytes that a module may have inside a Start: more, and the message takes workers off
   * the channel.
   */
  int MAX_INLINE_BYTES = 7 << 20;

  /**
   * Inside the message.
   *
   * @param bytes 1 byte to {@value #MAX_INLINE_BYTES}
   */
  record Inline(Bytes bytes) implements WasmModule {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if there are no bytes, or more than {@value
     *     #MAX_INLINE_BYTES}
     */
    public Inline {
      if (bytes.isEmpty() || bytes.size() > MAX_INLINE_BYTES) {
        throw new IllegalArgumentException(
            "a module inside a Start has 1 to "
                + MAX_INLINE_BYTES
                + " bytes, this one has "
                + bytes.size()
                + "; a larger one is sent in chunks, under an image reference");
      }
    }
  }

  /**
   * By reference: an image that the worker asks the operator for, or an address that it fetches
   * itself.
   *
   * @param reference not empty
   */
  record Image(String reference) implements WasmModule {

    /**
     * Checks the reference.
     *
     * @throws IllegalArgumentException if {@code reference} is empty, too long, or holds a control
     *     character
     */
    public Image {
      if (reference.isBlank() || reference.length() > 2048) {
        throw new IllegalArgumentException(
            "an image reference has 1 to 2048 characters, this one has " + reference.length());
      }
    }
  }

  /** Returns a module to send inside the message. */
  static WasmModule inline(Bytes bytes) {
    return new Inline(bytes);
  }

  /** Returns a module to send by reference. */
  static WasmModule image(String reference) {
    return new Image(reference);
  }
}
