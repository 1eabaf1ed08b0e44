package io.propeller.operator.internal.federated;

import io.propeller.fl.update.DecodeLimits;
import io.propeller.fl.update.UpdateEnvelope;
import io.propeller.fl.update.UpdateRefusedException;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Update;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns updates from the broker into the messages that a round reads. */
final class Envelopes {

  private Envelopes() {}

  /**
   * Returns an update as a message. How many samples it is of is what the module says, if it says
   * so: what it posts over HTTP says the same, and the same update must weigh the same on each way.
   */
  static byte[] bytes(Update update) {
    OptionalLong samples = samples(update.payload());
    return Codec.encode(
        samples.isPresent()
            ? Update.builder().from(update).numSamples(samples.getAsLong()).build()
            : update);
  }

  private static OptionalLong samples(Bytes payload) {
    if (payload.isEmpty() || payload.asByteBuffer().get(0) != '{') {
      return OptionalLong.empty();
    }
    return read(payload.toByteArray())
        .filter(module -> module.update().isPresent())
        .map(UpdateEnvelope::numSamples)
        .orElseGet(OptionalLong::empty);
  }

  /** Reads a message; empty if it cannot be read, which a round says better. */
  static Optional<UpdateEnvelope> read(byte[] message) {
    try {
      return Optional.of(UpdateEnvelope.decode(message, DecodeLimits.defaults()));
    } catch (UpdateRefusedException e) {
      return Optional.empty();
    }
  }
}
