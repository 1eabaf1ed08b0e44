package io.propeller.mqtt.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be sent, in order, and those that are sent and not acknowledged; the latter
 * wait again, before all that came after them, when the connection is lost. Safe for use by any
 * thread.
 */
final class Outbox {

  /** Sends one message, without waiting. */
  interface Sender {
    CompletableFuture<Void> send(String topic, ByteBuffer payload);
  }

  private record Item(
      long number, String topic, ByteBuffer payload, CompletableFuture<Void> done) {}

  private final int capacity;
  private final int window;
  private final Sender sender;
  private final NavigableMap<Long, Item> waiting = new TreeMap<>();
  private final NavigableMap<Long, Item> inFlight = new TreeMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private long count;
  private boolean connected;
  private boolean closed;

  /**
   * Makes an outbox.
   *
   * @param capacity how many messages may wait
   * @param window how many messages may be in flight at once
   */
  Outbox(int capacity, int window, Sender sender) {
    this.capacity = capacity;
    this.window = window;
    this.sender = sender;
  }

  CompletableFuture<Void> add(String topic, ByteBuffer payload) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      if (closed || waiting.size() >= capacity) {
        return CompletableFuture.failedFuture(
            new NotConnectedException(
                closed ? "the channel is closed" : capacity + " messages wait already"));
      }
      Item item = new Item(++count, topic, payload, done);
      waiting.put(item.number(), item);
    }
    send();
    return done;
  }

  /** Called when the connection is up. */
  void connected() {
    synchronized (this) {
      connected = true;
    }
    send();
  }

  /** Called when it is no longer. */
  synchronized void disconnected() {
    connected = false;
    waiting.putAll(inFlight);
    inFlight.clear();
  }

  /** Fails what has not been acknowledged. */
  void close() {
    List<Item> left;
    synchronized (this) {
      closed = true;
      disconnected();
      left = new ArrayList<>(waiting.values());
      waiting.clear();
    }
    left.forEach(
        item ->
            item.done().completeExceptionally(new NotConnectedException("the channel is closed")));
  }

  /**
   * Sends what may be sent; one thread at a time, so that the order is kept, and the others leave
   * it to that one, so that none waits for a lock while a message is sent.
   */
  private void send() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int answered = 1;
    do {
      Item item = next();
      while (item != null && sent(item)) {
        item = next();
      }
      answered = calls.addAndGet(-answered);
    } while (answered != 0);
  }

  private synchronized @Nullable Item next() {
    if (!connected || inFlight.size() >= window || waiting.isEmpty()) {
      return null;
    }
    Item item = waiting.pollFirstEntry().getValue();
    inFlight.put(item.number(), item);
    return item;
  }

  private boolean sent(Item item) {
    CompletableFuture<Void> sent = sender.send(item.topic(), item.payload().duplicate());
    if (sent.isCompletedExceptionally()) {
      // The connection has just been lost, which this is about to hear.
      putBack(item);
      return false;
    }
    Async.whenDone(sent, (done, failure) -> ended(item, failure == null));
    return true;
  }

  private void ended(Item item, boolean acknowledged) {
    if (acknowledged) {
      synchronized (this) {
        inFlight.remove(item.number());
        waiting.remove(item.number());
      }
      item.done().complete(null);
    } else {
      putBack(item);
    }
    send();
  }

  private synchronized void putBack(Item item) {
    if (inFlight.remove(item.number(), item)) {
      waiting.put(item.number(), item);
    }
  }
}
