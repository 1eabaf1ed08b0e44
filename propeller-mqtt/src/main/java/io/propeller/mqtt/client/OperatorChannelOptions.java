package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.Limits;
import io.propeller.mqtt.topic.Channel;
import java.time.Duration;
import org.immutables.value.Value;

/** What an operator's end of a channel is to be. */
@Value.Immutable
@Values
public interface OperatorChannelOptions {

  /** Returns the channel. */
  Channel channel();

  /**
   * Returns the client id at the broker: the same for every operator of the channel, since the
   * session hangs on it.
   */
  @Value.Default
  default String clientId() {
    return "propeller-controller";
  }

  /** Returns the quality of service of what must not be lost, and of what is sent. */
  @Value.Default
  default Qos qos() {
    return Qos.AT_LEAST_ONCE;
  }

  /**
   * Returns for how long the broker keeps messages while the operator is away; an hour at least, in
   * whole seconds.
   */
  @Value.Default
  default Duration sessionExpiry() {
    return Duration.ofDays(7);
  }

  /**
   * Returns how long a delivery may stay open before the channel connects anew to have it delivered
   * again.
   */
  @Value.Default
  default Duration acknowledgeWithin() {
    return Duration.ofSeconds(30);
  }

  /**
   * Returns how many messages the broker may have sent that are not acknowledged yet, 1 to 65,535.
   * A broker that sends more is disconnected, and Mosquitto 2.0 does send all that it has kept when
   * a session is resumed, whatever it was told: so lower this only for a broker that keeps to it.
   * Memory is bounded by {@link #maxUnacknowledgedBytes} in any case.
   */
  @Value.Default
  default int maxUnacknowledged() {
    return 65_535;
  }

  /**
   * Returns how many bytes of messages may wait or be unacknowledged at once; one message more is
   * accepted.
   */
  @Value.Default
  default long maxUnacknowledgedBytes() {
    return 64L << 20;
  }

  /** Returns how many telemetry messages may wait for the listener; more are dropped. */
  @Value.Default
  default int maxWaitingTelemetry() {
    return 16_384;
  }

  /** Returns the limits of what may come in. */
  @Value.Default
  default Limits limits() {
    return Limits.DEFAULT;
  }

  /** Refuses what would lose messages. */
  @Value.Check
  default void check() {
    if (clientId().isEmpty()) {
      throw new IllegalArgumentException("clientId must not be empty");
    }
    if (sessionExpiry().compareTo(Duration.ofHours(1)) < 0
        || !sessionExpiry().equals(Duration.ofSeconds(sessionExpiry().toSeconds()))
        || sessionExpiry().toSeconds() >= 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "sessionExpiry must be whole seconds from an hour to 136 years, not " + sessionExpiry());
    }
    if (acknowledgeWithin().isNegative() || acknowledgeWithin().isZero()) {
      throw new IllegalArgumentException(
          "acknowledgeWithin must be positive, not " + acknowledgeWithin());
    }
    if (maxUnacknowledged() < 1 || maxUnacknowledged() > 65_535) {
      throw new IllegalArgumentException(
          "maxUnacknowledged must be from 1 to 65535, not " + maxUnacknowledged());
    }
    if (maxUnacknowledgedBytes() < 1 || maxWaitingTelemetry() < 1) {
      throw new IllegalArgumentException(
          "maxUnacknowledgedBytes and maxWaitingTelemetry must be positive");
    }
  }

  /** Returns a builder. */
  static ImmutableOperatorChannelOptions.Builder builder() {
    return ImmutableOperatorChannelOptions.builder();
  }
}
