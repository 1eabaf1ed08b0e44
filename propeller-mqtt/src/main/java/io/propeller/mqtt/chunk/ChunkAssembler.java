package io.propeller.mqtt.chunk;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the pieces of modules together, in whatever order and however often they come. Keeps the
 * first copy of a piece, and a module for a time after its first piece; holds no more than it may.
 * Not safe for use by several threads.
 */
public final class ChunkAssembler {

  /** For how long workers keep what they have of a module. */
  public static final Duration KEPT = Duration.ofMinutes(5);

  /** What a piece takes besides its bytes, so that empty ones do not come for free. */
  private static final long PIECE_OVERHEAD = 128;

  /** What became of a piece. */
  public sealed interface Outcome {

    /** It is kept; more are missing. */
    record Kept() implements Outcome {}

    /** It is there already, or its module is. */
    record Repeated() implements Outcome {}

    /**
     * It was the last one missing.
     *
     * @param module the module
     */
    record Complete(Bytes module) implements Outcome {}

    /**
     * It is not kept.
     *
     * @param reason why, for people
     */
    record Refused(String reason) implements Outcome {}
  }

  private static final class Parts {
    private final int total;
    private final Instant until;
    private final Map<Integer, Bytes> pieces = new TreeMap<>();
    private long bytes;

    Parts(int total, Instant until) {
      this.total = total;
      this.until = until;
    }
  }

  private final InstantSource clock;
  private final Duration kept;
  private final long maxBytes;
  private final Map<String, Parts> modules = new HashMap<>();
  private long bytes;

  /**
   * Makes an assembler.
   *
   * @param kept for how long a module is kept
   * @param maxBytes how many bytes to hold, of all modules together; a piece takes 128 more than it
   *     has
   */
  public ChunkAssembler(InstantSource clock, Duration kept, long maxBytes) {
    this.clock = clock;
    this.kept = kept;
    this.maxBytes = maxBytes;
  }

  /** Takes a piece. */
  public Outcome add(Chunk chunk) {
    expire();
    Parts parts = modules.get(chunk.appName());
    if (parts != null && parts.total != chunk.total()) {
      return new Outcome.Refused(
          "%s has %d pieces, not %d".formatted(chunk.appName(), parts.total, chunk.total()));
    }
    if (parts != null && parts.pieces.containsKey(chunk.index())) {
      return new Outcome.Repeated();
    }
    long size = PIECE_OVERHEAD + chunk.data().size();
    if (bytes + size > maxBytes) {
      return new Outcome.Refused("no room: " + bytes + " of " + maxBytes + " bytes are held");
    }
    if (parts == null) {
      parts = new Parts(chunk.total(), clock.instant().plus(kept));
      modules.put(chunk.appName(), parts);
    }
    parts.pieces.put(chunk.index(), chunk.data());
    parts.bytes += size;
    bytes += size;
    return parts.pieces.size() == parts.total
        ? new Outcome.Complete(join(parts))
        : new Outcome.Kept();
  }

  /** Returns a module that is complete and still kept. */
  public Optional<Bytes> module(String name) {
    expire();
    return Optional.ofNullable(modules.get(name))
        .filter(parts -> parts.pieces.size() == parts.total)
        .map(ChunkAssembler::join);
  }

  private void expire() {
    Instant now = clock.instant();
    modules
        .values()
        .removeIf(
            parts -> {
              boolean over = !now.isBefore(parts.until);
              bytes -= over ? parts.bytes : 0;
              return over;
            });
  }

  private static Bytes join(Parts parts) {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    parts.pieces.values().forEach(piece -> module.writeBytes(piece.toByteArray()));
    return Bytes.wrap(module.toByteArray());
  }
}
