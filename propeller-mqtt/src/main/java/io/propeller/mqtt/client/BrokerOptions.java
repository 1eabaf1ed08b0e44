package io.propeller.mqtt.client;

import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** How to reach a broker over MQTT. */
@Value.Immutable
@Values
public interface BrokerOptions {

  /** The version of MQTT. */
  enum Version {
    /**
     * Version 3.1.1; the broker does not say that another client took over, and keeps sessions for
     * as long as it likes.
     */
    MQTT_3_1_1,
    /** Version 5. */
    MQTT_5
  }

  /** Returns where the broker is. */
  BrokerAddress address();

  /** Returns the version to speak. */
  @Value.Default
  default Version version() {
    return Version.MQTT_5;
  }

  /** Returns what to show the broker. */
  Optional<Credentials> credentials();

  /** Returns the rules for TLS; looked at where the address asks for TLS. */
  @Value.Default
  default TlsOptions tls() {
    return TlsOptions.builder().build();
  }

  /** Returns how long a connection may take to come about. */
  @Value.Default
  default Duration connectTimeout() {
    return Duration.ofSeconds(10);
  }

  /**
   * Returns after how long without a word the broker takes the client for gone; whole seconds,
   * 65,535 at most.
   */
  @Value.Default
  default Duration keepAlive() {
    return Duration.ofSeconds(30);
  }

  /** Returns how long the broker may take to acknowledge a message. */
  @Value.Default
  default Duration publishTimeout() {
    return Duration.ofSeconds(30);
  }

  /**
   * Returns the time before the second attempt at a connection; each further one waits twice as
   * long.
   */
  @Value.Default
  default Duration minBackoff() {
    return Duration.ofSeconds(1);
  }

  /** Returns the most time between attempts at a connection. */
  @Value.Default
  default Duration maxBackoff() {
    return Duration.ofSeconds(30);
  }

  /** Refuses times that make no sense. */
  @Value.Check
  default void check() {
    if (keepAlive().toSeconds() < 1 || keepAlive().toSeconds() > 65_535) {
      throw new IllegalArgumentException("keepAlive must be from 1 to 65535 s, not " + keepAlive());
    }
    if (minBackoff().toMillis() < 1 || maxBackoff().compareTo(minBackoff()) < 0) {
      throw new IllegalArgumentException(
          "minBackoff must be positive and maxBackoff no less, not %s and %s"
              .formatted(minBackoff(), maxBackoff()));
    }
    if (connectTimeout().toMillis() < 1 || publishTimeout().toMillis() < 1) {
      throw new IllegalArgumentException("connectTimeout and publishTimeout must be positive");
    }
  }

  /** Returns a builder. */
  static ImmutableBrokerOptions.Builder builder() {
    return ImmutableBrokerOptions.builder();
  }
}
