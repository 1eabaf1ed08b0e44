package io.propeller.mqtt.message;

/** A message that the operator sends. */
public sealed interface OperatorMessage extends Message
    permits Chunk, Invoke, RoundComplete, Start, Stop {}
