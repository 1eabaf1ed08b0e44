package io.propeller.mqtt.message;

/** A message that must not be lost: the broker keeps it until the operator has acknowledged it. */
public sealed interface StateMessage extends WorkerMessage
    permits Discovery, FetchRequest, InvokeResult, Result, RoundStart, Update {}
