package io.propeller.operator.internal.health;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.ConnectionState;
import java.util.Optional;

/**
 * Knows why there is no connection to the broker, also while the next attempt is under way. Safe
 * for use by any thread.
 */
public final class BrokerHealth {

  private final BrokerAddress address;
  private volatile Optional<String> problem;

  /** Makes one of a broker that has not been connected to. */
  public BrokerHealth(BrokerAddress address) {
    this.address = address;
    this.problem = Optional.of(sentence("not connected yet"));
  }

  /** Notes what has become of the connection. */
  public void changed(ConnectionState state) {
    if (state instanceof ConnectionState.Connected) {
      problem = Optional.empty();
    } else if (state instanceof ConnectionState.Disconnected disconnected) {
      problem = Optional.of(sentence(disconnected.reason()));
    } else if (state instanceof ConnectionState.TakenOver) {
      problem = Optional.of(sentence("another client has connected with the same id"));
    } else if (state instanceof ConnectionState.Closed) {
      problem = Optional.of(sentence("closed"));
    }
  }

  /** Returns the check. */
  public HealthCheck check() {
    return new HealthCheck("broker", () -> problem);
  }

  private String sentence(String what) {
    return "%s:%d: %s".formatted(address.host(), address.port(), what);
  }
}
