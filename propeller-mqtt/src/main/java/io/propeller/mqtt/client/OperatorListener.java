package io.propeller.mqtt.client;

import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.Update;

/**
 * Receives what comes in on a channel.
 *
 * <p>Methods with a {@link Delivery} are called by one thread of the channel, one after another in
 * the order of arrival; methods with telemetry by a second, in the same way; the others by a third.
 * None may wait for long, since what comes after waits too: hand a delivery on and acknowledge it
 * later, from any thread.
 *
 * <p>A delivery whose method throws is given back; one whose method has thrown three times is
 * acknowledged and reported by {@link #refused}. What the other methods throw is dropped.
 */
public interface OperatorListener {

  /** Called with what came of a task. */
  void onResult(Delivery<Result> delivery);

  /** Called when a worker's process is new. */
  void onDiscovery(Delivery<Discovery> delivery);

  /** Called with a heartbeat, or with a last will. */
  void onAlive(Alive alive);

  /** Called with what a worker measured. Does nothing unless overridden. */
  default void onPropletMetrics(PropletMetrics metrics) {}

  /** Called with what a worker measured while it ran a task. Does nothing unless overridden. */
  default void onTaskMetrics(TaskMetrics metrics) {}

  /** Called with what came of a call. Acknowledges unless overridden. */
  default void onInvokeResult(Delivery<InvokeResult> delivery) {
    delivery.acknowledge();
  }

  /** Called when a worker asks for a module. Acknowledges unless overridden. */
  default void onFetchRequest(Delivery<FetchRequest> delivery) {
    delivery.acknowledge();
  }

  /** Called with a contribution to a round. Acknowledges unless overridden. */
  default void onUpdate(Delivery<Update> delivery) {
    delivery.acknowledge();
  }

  /** Called when a coordinator wishes for a round. Acknowledges unless overridden. */
  default void onRoundStart(Delivery<RoundStart> delivery) {
    delivery.acknowledge();
  }

  /**
   * Called with a message that was not handed out, and has been acknowledged. Does nothing unless
   * overridden.
   */
  default void refused(Refusal refusal) {}

  /** Called when a connection changes. Does nothing unless overridden. */
  default void connectionChanged(SessionKind session, ConnectionState state) {}
}
