package io.propeller.mqtt.message;

/** A message that the operator receives. */
public sealed interface WorkerMessage extends Message permits StateMessage, TelemetryMessage {}
