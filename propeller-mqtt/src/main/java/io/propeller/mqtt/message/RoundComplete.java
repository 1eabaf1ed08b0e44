package io.propeller.mqtt.message;

import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** Tells all that a round is over. */
@Value.Immutable
@Values
public non-sealed interface RoundComplete extends OperatorMessage {

  /** Returns the round. */
  RoundId roundId();

  /** Returns the version of the model that came of it. */
  Optional<String> newModelVersion();

  /** Returns where that model is. */
  Optional<String> modelUri();

  /** Returns whether another round will follow. */
  @Value.Default
  default boolean nextRoundAvailable() {
    return false;
  }

  /** Returns when the round ended. */
  Instant timestamp();

  /** Returns a builder. */
  static ImmutableRoundComplete.Builder builder() {
    return ImmutableRoundComplete.builder();
  }
}
