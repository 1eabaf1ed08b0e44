package io.propeller.mqtt.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** A coordinator's wish for a round of federated learning. */
@Value.Immutable
@Values
public non-sealed interface RoundStart extends StateMessage {

  /** Returns the experiment. */
  Optional<String> experimentId();

  /** Returns the round. */
  RoundId roundId();

  /** Returns the model to start from. */
  Optional<String> modelUri();

  /** Returns the image of the module that trains. */
  Optional<String> taskWasmImage();

  /** Returns who should take part. */
  List<PropletId> participants();

  /** Returns the parameters for the training, a JSON object. */
  Optional<Json> hyperparams();

  /** Returns how many updates are enough. */
  OptionalInt kOfN();

  /** Returns how long the round may take, to the second. */
  Optional<Duration> timeout();

  /** Returns a builder. */
  static ImmutableRoundStart.Builder builder() {
    return ImmutableRoundStart.builder();
  }
}
