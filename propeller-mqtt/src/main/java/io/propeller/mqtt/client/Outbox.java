package io.propeller.mqtt.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Messages that wait to be sent, in order, and those that are sent and not acknowledged; the latter
 * wait again when the connection is lost. All happens on one thread.
 */
final class Outbox {

  /** Sends one message. */
  interface Sender {
    CompletableFuture<Void> send(String topic, ByteBuffer payload);
  }

  private record Item(String topic, ByteBuffer payload, CompletableFuture<Void> done) {}

  private final int capacity;
  private final int window;
  private final Sender sender;
  private final Executor control;
  private final Deque<Item> waiting = new ArrayDeque<>();
  private final Set<Item> inFlight = new LinkedHashSet<>();
  private boolean connected;
  private boolean closed;

  /**
   * Makes an outbox.
   *
   * @param capacity how many messages may wait
   * @param window how many messages may be in flight at once
   * @param control runs one task after another
   */
  Outbox(int capacity, int window, Sender sender, Executor control) {
    this.capacity = capacity;
    this.window = window;
    this.sender = sender;
    this.control = control;
  }

  /** Adds a message, from any thread. */
  CompletableFuture<Void> add(String topic, ByteBuffer payload) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    control.execute(
        () -> {
          if (closed || waiting.size() >= capacity) {
            done.completeExceptionally(
                new NotConnectedException(
                    closed ? "the channel is closed" : capacity + " messages wait already"));
          } else {
            waiting.add(new Item(topic, payload, done));
            send();
          }
        });
    return done;
  }

  /** Called when the connection is up. */
  void connected() {
    connected = true;
    send();
  }

  /** Called when it is no longer. */
  void disconnected() {
    connected = false;
    List<Item> again = new ArrayList<>(inFlight);
    inFlight.clear();
    for (int i = again.size() - 1; i >= 0; i--) {
      waiting.addFirst(again.get(i));
    }
  }

  /** Fails what waits. */
  void close() {
    disconnected();
    closed = true;
    waiting.forEach(
        item ->
            item.done().completeExceptionally(new NotConnectedException("the channel is closed")));
    waiting.clear();
  }

  private void send() {
    while (connected && inFlight.size() < window && !waiting.isEmpty()) {
      Item item = waiting.remove();
      inFlight.add(item);
      Async.whenDone(
          sender.send(item.topic(), item.payload().duplicate()),
          (done, failure) -> control.execute(() -> sent(item, failure == null)));
    }
  }

  private void sent(Item item, boolean acknowledged) {
    if (acknowledged) {
      waiting.remove(item);
      inFlight.remove(item);
      item.done().complete(null);
      send();
    } else if (inFlight.remove(item)) {
      waiting.addFirst(item);
    }
  }
}
