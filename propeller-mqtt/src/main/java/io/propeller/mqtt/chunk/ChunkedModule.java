package io.propeller.mqtt.chunk;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A module under a name that stands for its content. Every worker of a channel keeps what it has
 * seen under a name, and takes it for a later Start: were the name to stand for another content by
 * then, it would run the wrong module.
 *
 * @param name the image reference of the Starts that use the module; ends in its digest
 * @param bytes the module, not empty
 */
public record ChunkedModule(String name, Bytes bytes) {

  /** How many bytes one piece has; the last may have fewer. */
  public static final int PIECE_BYTES = 256 << 10;

  private static final String DIGEST = "@sha256:";

  /**
   * Checks the name and the module.
   *
   * @throws IllegalArgumentException if the name carries no digest, or the module is empty
   */
  public ChunkedModule {
    if (!name.matches(".+" + DIGEST + "[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a module's name ends in " + DIGEST + " and 64 hexadecimal digits: " + name);
    }
    if (bytes.isEmpty()) {
      throw new IllegalArgumentException("the module " + name + " is empty");
    }
  }

  /**
   * Returns a module under the name that it was asked for by, with its digest if the name has none.
   *
   * @throws IllegalArgumentException if the module is empty
   */
  public static ChunkedModule of(String reference, Bytes bytes) {
    return new ChunkedModule(
        reference.contains(DIGEST) ? reference : reference + DIGEST + bytes.sha256(), bytes);
  }

  /** Returns how many pieces there are. */
  public int pieces() {
    return (bytes.size() + PIECE_BYTES - 1) / PIECE_BYTES;
  }

  /** Returns one piece, by its index from 0. */
  public Chunk piece(int index) {
    int from = index * PIECE_BYTES;
    return Chunk.builder()
        .appName(name)
        .index(index)
        .total(pieces())
        .data(bytes.slice(from, Math.min(from + PIECE_BYTES, bytes.size())))
        .build();
  }

  /** Returns all pieces, in order. */
  public List<Chunk> split() {
    return IntStream.range(0, pieces()).mapToObj(this::piece).toList();
  }
}
