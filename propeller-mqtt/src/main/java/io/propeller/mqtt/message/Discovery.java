package io.propeller.mqtt.message;

import java.util.Optional;
import org.immutables.value.Value;

/** Says that a worker's process is new: whatever it ran before is gone. */
@Value.Immutable
@Values
public non-sealed interface Discovery extends StateMessage {

  /** Returns who is new. */
  PropletId propletId();

  /** Returns the namespace that the worker believes to be in. */
  Optional<String> namespace();

  /** Returns what the worker says of itself. */
  @Value.Default
  default PropletMetadata metadata() {
    return PropletMetadata.EMPTY;
  }

  /** Returns a builder. */
  static ImmutableDiscovery.Builder builder() {
    return ImmutableDiscovery.builder();
  }
}
