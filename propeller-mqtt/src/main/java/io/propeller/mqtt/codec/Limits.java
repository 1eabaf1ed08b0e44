package io.propeller.mqtt.codec;

/**
 * What a message may have at most; looked at before it is parsed, and while.
 *
 * @param bytes the message's length
 * @param updateBytes the length of one that may carry an update
 * @param textBytes the length of a text, in bytes of UTF-8
 * @param updateTextBytes the length of the text that holds an update
 * @param depth how deep objects and arrays may be nested
 * @param nameLength the length of a key, and of an identifier, in characters
 * @param numberLength the length of a number, in characters
 */
public record Limits(
    int bytes,
    int updateBytes,
    int textBytes,
    int updateTextBytes,
    int depth,
    int nameLength,
    int numberLength) {

  /** What an operator accepts. */
  public static final Limits DEFAULT =
      new Limits(1 << 20, 10 << 20, 64 << 10, 8 << 20, 32, 256, 64);

  /** What a worker accepts: a Start may hold a module. */
  public static final Limits WORKER =
      new Limits(10 << 20, 10 << 20, 10 << 20, 10 << 20, 32, 256, 64);
}
