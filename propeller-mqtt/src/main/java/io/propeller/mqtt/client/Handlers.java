package io.propeller.mqtt.client;

import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.TelemetryMessage;
import io.propeller.mqtt.message.Update;

/** Calls the method of a listener that a message is for; for whoever implements a channel. */
public final class Handlers {

  private Handlers() {}

  /** Hands a delivery to an operator. */
  @SuppressWarnings("unchecked") // A delivery is of the type of its message.
  public static void dispatch(
      Delivery<? extends StateMessage> delivery, OperatorListener listener) {
    StateMessage message = delivery.message();
    if (message instanceof Result) {
      listener.onResult((Delivery<Result>) delivery);
    } else if (message instanceof Discovery) {
      listener.onDiscovery((Delivery<Discovery>) delivery);
    } else if (message instanceof InvokeResult) {
      listener.onInvokeResult((Delivery<InvokeResult>) delivery);
    } else if (message instanceof FetchRequest) {
      listener.onFetchRequest((Delivery<FetchRequest>) delivery);
    } else if (message instanceof Update) {
      listener.onUpdate((Delivery<Update>) delivery);
    } else if (message instanceof RoundStart) {
      listener.onRoundStart((Delivery<RoundStart>) delivery);
    }
  }

  /** Hands telemetry to an operator. */
  public static void dispatch(TelemetryMessage message, OperatorListener listener) {
    if (message instanceof Alive alive) {
      listener.onAlive(alive);
    } else if (message instanceof PropletMetrics metrics) {
      listener.onPropletMetrics(metrics);
    } else if (message instanceof TaskMetrics metrics) {
      listener.onTaskMetrics(metrics);
    }
  }

  /**
   * Hands a message to a worker, but for what is for other workers. A Stop is for whoever runs its
   * task, whatever else it says.
   */
  public static void dispatch(Message message, PropletId self, WorkerListener listener) {
    if (message instanceof Start start && start.target().includes(self)) {
      listener.onStart(start);
    } else if (message instanceof Stop stop) {
      listener.onStop(stop);
    } else if (message instanceof Invoke invoke && invoke.target().includes(self)) {
      listener.onInvoke(invoke);
    } else if (message instanceof Chunk chunk) {
      listener.onChunk(chunk);
    } else if (message instanceof RoundComplete round) {
      listener.onRoundComplete(round);
    }
  }
}
