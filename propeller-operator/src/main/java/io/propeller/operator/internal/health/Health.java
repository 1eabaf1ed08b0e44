package io.propeller.operator.internal.health;

import io.propeller.mqtt.client.ConnectionState;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether an operator is fit for the part that it plays at present. Whoever stands by is when it
 * can take over; it has no connection to the broker, and needs none. Safe for use by any thread.
 */
public final class Health {

  /** What an operator does. */
  private enum Part {
    STARTING,
    STANDING_BY,
    LEADING
  }

  private final Access access;
  private final BrokerHealth broker;
  private final HealthCheck informers;
  private volatile Part part = Part.STARTING;

  /**
   * Makes the health of an operator that starts.
   *
   * @param informers says what is wrong with them
   */
  public Health(Access access, BrokerHealth broker, Supplier<Optional<String>> informers) {
    this.access = access;
    this.broker = broker;
    this.informers = new HealthCheck("informers", informers);
  }

  /** Asks the API server whether the operator may begin, and returns whether it may. */
  public boolean mayBegin() {
    return access.ask();
  }

  /** Notes that it waits for its turn. */
  public void standsBy() {
    part = Part.STANDING_BY;
  }

  /** Notes that it is its turn. */
  public void leads() {
    part = Part.LEADING;
  }

  /** Notes what has become of the connection to the broker. */
  public void brokerChanged(ConnectionState state) {
    broker.changed(state);
  }

  /** Returns what counts at present. */
  public List<HealthCheck> checks() {
    return switch (part) {
      case STARTING -> List.of(access.check());
      case STANDING_BY -> List.of(access.check(), new HealthCheck("standby", Optional::empty));
      case LEADING -> List.of(access.check(), informers, broker.check());
    };
  }
}
