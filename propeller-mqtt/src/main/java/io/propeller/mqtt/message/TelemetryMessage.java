package io.propeller.mqtt.message;

/** A message that the next one of its kind replaces: it may be lost and is never acknowledged. */
public sealed interface TelemetryMessage extends WorkerMessage
    permits Alive, PropletMetrics, TaskMetrics {}
