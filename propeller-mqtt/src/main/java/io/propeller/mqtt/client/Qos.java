package io.propeller.mqtt.client;

/** How often a message arrives: MQTT's quality of service. */
public enum Qos {
  /** Once, or never. */
  AT_MOST_ONCE,
  /** Once, or again. */
  AT_LEAST_ONCE,
  /** Once. */
  EXACTLY_ONCE
}
