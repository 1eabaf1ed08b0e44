package io.propeller.mqtt.client;

/** Which of a channel's connections to the broker something is about. */
public enum SessionKind {
  /** The one for what must not be lost, which the broker keeps while it is down. */
  STATE,
  /** The one for what the next message of its kind replaces. */
  TELEMETRY
}
