package io.propeller.fl.update;

import io.propeller.fl.internal.ValueStyle;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.Part;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * A worker's message that carries an update, with the numbers still as they came.
 *
 * <p>Reads the envelope, the module's own JSON, and either of them nested in {@code
 * update_envelope}, {@code results}, or both. Unknown keys are ignored.
 */
@Value.Immutable
@ValueStyle
public interface UpdateEnvelope {

  /** Returns the round that the worker says it is for. */
  Optional<String> roundId();

  /**
   * Returns the sender that the message names; whoever knows better from the transport should not
   * rely on it.
   */
  Optional<String> propletId();

  /** Returns the number of samples that the update was trained on. */
  OptionalLong numSamples();

  /** Returns the name of the format of {@link #payload()}. */
  Optional<String> format();

  /**
   * Returns the parts of the update in the order of the payload, for formats that do not say it
   * themselves.
   */
  Optional<List<Part>> shape();

  /** Returns what the bytes of the {@code int8} format are to be multiplied by. */
  OptionalDouble scale();

  /** Returns what the worker measured. */
  @Value.Default
  default TrainingMetrics metrics() {
    return TrainingMetrics.NONE;
  }

  /** Returns the update's bytes, if it came as base64; not copied, not to be written to. */
  Optional<byte[]> payload();

  /** Returns the update's numbers, if they came as JSON within the message. */
  Optional<Model> update();

  /** Returns what the worker says went wrong. */
  Optional<String> error();

  /**
   * Reads a message.
   *
   * @throws UpdateRefusedException with {@code TOO_LARGE} or {@code MALFORMED} if it cannot be read
   *     within the limits
   */
  static UpdateEnvelope decode(byte[] message, DecodeLimits limits) throws UpdateRefusedException {
    if (message.length > limits.maxMessageBytes()) {
      throw new UpdateRefusedException(
          Refusal.Reason.TOO_LARGE,
          "the message has "
              + message.length
              + " bytes, at most "
              + limits.maxMessageBytes()
              + " are read");
    }
    try {
      return new EnvelopeReader(limits).read(message);
    } catch (IOException | IllegalArgumentException e) {
      throw new UpdateRefusedException(Refusal.Reason.MALFORMED, JsonErrors.describe(e));
    }
  }

  /** Returns a builder. */
  static Builder builder() {
    return new Builder();
  }

  /** Collects the fields. */
  final class Builder extends ImmutableUpdateEnvelope.Builder {}
}
