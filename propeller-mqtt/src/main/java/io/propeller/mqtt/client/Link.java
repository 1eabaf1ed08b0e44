package io.propeller.mqtt.client;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One connection to a broker, from its first packet to its last; never connected twice. */
interface Link {

  /** Hears of what happens on a link, from threads that must not be held up. */
  interface Events {

    void received(Incoming message);

    /** Called once, when the connection is lost, or could not be made. */
    void lost(LinkLoss loss);
  }

  /** Connects; the result says whether the broker had kept the session. */
  CompletableFuture<Boolean> connect();

  /** Subscribes, and fails if the broker refuses any. */
  CompletableFuture<Void> subscribe(List<String> filters, Qos qos);

  /** Sends a message, and completes when the broker has acknowledged it. */
  CompletableFuture<Void> publish(String topic, ByteBuffer payload, Qos qos);

  /** Ends the connection in good order. */
  CompletableFuture<Void> disconnect();
}
