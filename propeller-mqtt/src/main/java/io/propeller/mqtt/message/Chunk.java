package io.propeller.mqtt.message;

import org.immutables.value.Value;

/** A piece of a module. */
@Value.Immutable
@Values
public non-sealed interface Chunk extends OperatorMessage {

  /** Returns the module's name, as the request for it gave it. */
  String appName();

  /** Returns which piece this is, from 0. */
  int index();

  /** Returns how many pieces there are. */
  int total();

  /** Returns the piece. */
  Bytes data();

  /** Refuses a piece that is not of the whole. */
  @Value.Check
  default void check() {
    Names.check("appName", appName());
    if (total() < 1 || index() < 0 || index() >= total()) {
      throw new IllegalArgumentException(
          "a chunk's index is from 0 to its total less one, not " + index() + " of " + total());
    }
  }

  /** Returns a builder. */
  static ImmutableChunk.Builder builder() {
    return ImmutableChunk.builder();
  }
}
