package io.propeller.testkit.mqtt;

import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.TelemetryMessage;
import io.propeller.mqtt.message.Update;

/** Calls the method of a listener that a message is for. */
final class FakeDispatch {

  private FakeDispatch() {}

  @SuppressWarnings("unchecked") // A delivery is of the type of its message.
  static void state(Delivery<? extends StateMessage> delivery, OperatorListener listener) {
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

  static void telemetry(TelemetryMessage message, OperatorListener listener) {
    if (message instanceof Alive alive) {
      listener.onAlive(alive);
    } else if (message instanceof PropletMetrics metrics) {
      listener.onPropletMetrics(metrics);
    } else if (message instanceof TaskMetrics metrics) {
      listener.onTaskMetrics(metrics);
    }
  }
}
