package io.propeller.mqtt.message;

import java.util.Optional;
import org.immutables.value.Value;

/** A worker's heartbeat, sent every ten seconds, or the broker's word that it is gone. */
@Value.Immutable
@Values
public non-sealed interface Alive extends TelemetryMessage {

  /** Whether the worker is there. */
  enum Status {
    /** The worker is there; so is one that says anything but {@code offline}. */
    ALIVE,
    /** The broker's last will for the worker, or its own farewell. */
    OFFLINE
  }

  /** Returns who says so. */
  PropletId propletId();

  /** Returns whether the worker is there. */
  @Value.Default
  default Status status() {
    return Status.ALIVE;
  }

  /** Returns the namespace that the worker believes to be in. */
  Optional<String> namespace();

  /** Returns the channel that the worker names in its last will. */
  Optional<String> channelId();

  /** Returns what the worker says of itself, if it does. */
  Optional<PropletMetadata> metadata();

  /** Returns a builder. */
  static ImmutableAlive.Builder builder() {
    return ImmutableAlive.builder();
  }
}
