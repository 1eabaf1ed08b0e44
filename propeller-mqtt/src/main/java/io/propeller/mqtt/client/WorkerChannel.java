package io.propeller.mqtt.client;

import io.propeller.mqtt.message.WorkerMessage;
import java.util.concurrent.CompletionStage;

/** A worker's end of a channel. Safe for use by any thread; no method but {@link #close} waits. */
public interface WorkerChannel extends AutoCloseable {

  /**
   * Sends a message, now or, while there is no connection, later; messages are sent in the order
   * given.
   *
   * <p>The stage completes when the broker has acknowledged the message, on a thread that reads
   * from the broker: what depends on it must not wait. It completes with {@link
   * NotConnectedException} if the channel is closed first, or if too many messages wait already.
   */
  CompletionStage<Void> publish(WorkerMessage message);

  /** Returns how the connection is at this moment. */
  ConnectionState state();

  /**
   * Ends the connection in good order, so that the broker does not announce the worker's end. Waits
   * for that, a second at most. Has no effect when called again.
   */
  @Override
  void close();
}
