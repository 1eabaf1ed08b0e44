package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.message.TelemetryMessage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Hands telemetry to the listener, in order, and drops what is too much for it. */
final class TelemetryInbox {

  private final OperatorChannelOptions options;
  private final Inbound inbound;
  private final OperatorListener listener;
  private final Executor thread;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();

  TelemetryInbox(
      OperatorChannelOptions options, Inbound inbound, OperatorListener listener, Executor thread) {
    this.options = options;
    this.inbound = inbound;
    this.listener = listener;
    this.thread = thread;
  }

  /** Takes a message; never waits. */
  void received(Incoming message) {
    if (waiting.get() >= options.maxWaitingTelemetry()
        || waitingBytes.get() > options.maxUnacknowledgedBytes()) {
      Guard.call(() -> listener.refused(new Refusal.Dropped(message.topic())));
      return;
    }
    waiting.incrementAndGet();
    waitingBytes.addAndGet(message.payload().length);
    thread.execute(
        () -> {
          waiting.decrementAndGet();
          waitingBytes.addAndGet(-message.payload().length);
          handle(message);
        });
  }

  private void handle(Incoming message) {
    try {
      if (inbound.read(message).message() instanceof TelemetryMessage telemetry) {
        Guard.call(() -> Handlers.dispatch(telemetry, listener));
      }
    } catch (DecodeException refused) {
      Guard.call(() -> listener.refused(new Refusal.Undecodable(refused)));
    }
  }
}
