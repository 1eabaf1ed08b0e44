package io.propeller.mqtt.message;

/** One message of the protocol. */
public sealed interface Message permits WorkerMessage, OperatorMessage {}
