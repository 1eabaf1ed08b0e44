package io.propeller.mqtt.client;

import com.hivemq.client.mqtt.datatypes.MqttQos;

/** How often a message arrives: MQTT's quality of service. */
public enum Qos {
  /** Once, or never. */
  AT_MOST_ONCE,
  /** Once, or again. */
  AT_LEAST_ONCE,
  /** Once. */
  EXACTLY_ONCE;

  MqttQos mqtt() {
    return switch (this) {
      case AT_MOST_ONCE -> MqttQos.AT_MOST_ONCE;
      case AT_LEAST_ONCE -> MqttQos.AT_LEAST_ONCE;
      case EXACTLY_ONCE -> MqttQos.EXACTLY_ONCE;
    };
  }
}
