package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;

/**
 * Receives what a worker is told. Called by one thread of the channel, in the order of arrival,
 * with messages that are for this worker; the methods must not wait for long. What they throw is
 * dropped.
 */
public interface WorkerListener {

  /** Called with a task to run. */
  void onStart(Start start);

  /** Called with a task to stop, which may not be one of this worker's. */
  void onStop(Stop stop);

  /** Called to call a latent task. Does nothing unless overridden. */
  default void onInvoke(Invoke invoke) {}

  /** Called with a piece of a module. Does nothing unless overridden. */
  default void onChunk(Chunk chunk) {}

  /** Called when a round is over. Does nothing unless overridden. */
  default void onRoundComplete(RoundComplete round) {}

  /** Called with a message that could not be read. Does nothing unless overridden. */
  default void refused(DecodeException refusal) {}

  /** Called when the connection changes. Does nothing unless overridden. */
  default void connectionChanged(ConnectionState state) {}
}
