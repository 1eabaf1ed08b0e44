package io.propeller.testkit.mqtt;

import io.propeller.mqtt.client.BrokerAddress;

/**
 * An MQTT broker on 127.0.0.1 that belongs to this program and ends with it. It speaks MQTT 3.1.1
 * and 5 and lets everybody in. Not thread-safe.
 */
public sealed interface BrokerServer extends AutoCloseable permits EmbeddedBroker, Mosquitto {

  /** Returns where it listens, the same before and after a restart. */
  BrokerAddress address();

  /** Ends it as a failure would: connections break, and nobody can connect. */
  void kill();

  /**
   * Starts it again after {@link #kill}, on the same port, and returns when clients can connect.
   *
   * @throws IllegalStateException if it runs, or does not start
   */
  void restart();

  /** Ends it and deletes what it kept. */
  @Override
  void close();
}
