package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.OperatorMessage;
import java.util.concurrent.CompletionStage;

/**
 * The operator's end of a channel. Safe for use by any thread; no method but {@link #close} waits.
 *
 * <p>What a worker says is kept by the broker while the operator is away, and handed to the {@link
 * OperatorListener} when it is back. Telemetry is not kept.
 */
public interface OperatorChannel extends AutoCloseable {

  /**
   * Sends a message.
   *
   * <p>The stage completes when the broker has acknowledged the message, on a thread that reads
   * from the broker: what depends on it must not wait. It completes with
   *
   * <ul>
   *   <li>{@link io.propeller.mqtt.codec.EncodeException} if the worker could not read the message;
   *       it was not sent;
   *   <li>{@link NotConnectedException} if there is no connection; it was not sent;
   *   <li>{@link UnacknowledgedException} if the connection was lost, or the time ran out, before
   *       the broker acknowledged it; it may have been sent. Sending a Start again is safe but for
   *       a daemon.
   * </ul>
   *
   * @param dialect what the worker speaks
   */
  CompletionStage<Void> publish(OperatorMessage message, Dialect dialect);

  /** Returns how the channel is at this moment. */
  ChannelStatus status();

  /**
   * Ends the connection. What has not been acknowledged stays at the broker. Deliveries may still
   * be acknowledged or given back, to no effect. Waits for the end of the connection, a second at
   * most, and for no listener. Has no effect when called again.
   */
  @Override
  void close();
}
