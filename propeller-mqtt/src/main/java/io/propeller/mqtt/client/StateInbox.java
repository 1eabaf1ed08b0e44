package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.message.StateMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Hands what must not be lost to the listener, in order, and sees to it that each message is
 * acknowledged or delivered again.
 *
 * <p>Acknowledgements of a connection leave in the order of arrival, so one that is missing stops
 * everything behind it; and on a live connection the broker repeats nothing. A message that will
 * not be acknowledged therefore ends the connection.
 */
final class StateInbox {

  private static final int MAX_FAILURES = 3;

  private final OperatorChannelOptions options;
  private final Inbound inbound;
  private final OperatorListener listener;
  private final Executor thread;
  private final InstantSource clock;
  private final BiConsumer<Integer, String> reconnect;
  private final Ledger open = new Ledger();
  private final Memory memory = new Memory();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile int dropped;
  private volatile boolean closed;

  /**
   * Makes an inbox.
   *
   * @param thread runs one task after another
   * @param reconnect drops the connection with this number, for this reason
   */
  StateInbox(
      OperatorChannelOptions options,
      Inbound inbound,
      OperatorListener listener,
      Executor thread,
      InstantSource clock,
      BiConsumer<Integer, String> reconnect) {
    this.options = options;
    this.inbound = inbound;
    this.listener = listener;
    this.thread = thread;
    this.clock = clock;
    this.reconnect = reconnect;
  }

  Ledger open() {
    return open;
  }

  /** Takes a message; never waits. */
  void received(Incoming message, int connection) {
    if (connection <= dropped || closed) {
      return;
    }
    if (heldBytes() > options.maxUnacknowledgedBytes()) {
      drop(connection, "the listener holds " + heldBytes() + " bytes of messages");
      return;
    }
    waitingBytes.addAndGet(message.payload().length);
    Instant receivedAt = clock.instant();
    thread.execute(
        () -> {
          waitingBytes.addAndGet(-message.payload().length);
          if (connection > dropped && !closed) {
            handle(message, connection, receivedAt);
          }
        });
  }

  /** Returns why no more messages should come in; empty if they may. */
  String obstacle() {
    return heldBytes() > options.maxUnacknowledgedBytes() / 2
        ? "the listener holds " + heldBytes() + " bytes of messages"
        : "";
  }

  /** Ends the connection of a delivery that has been open for too long. */
  void sweep() {
    int connection = open.expire(clock.instant().minus(options.acknowledgeWithin()));
    if (connection > 0) {
      drop(connection, "a delivery was not acknowledged within " + options.acknowledgeWithin());
    }
  }

  void close() {
    closed = true;
  }

  private void handle(Incoming message, int connection, Instant receivedAt) {
    try {
      Inbound.Read read = inbound.read(message);
      if (read.message() instanceof StateMessage state) {
        handOut(message, state, read, connection, receivedAt);
      } else {
        // A broker may still hold a subscription of an earlier version: what it brings is not
        // wanted here.
        message.acknowledge();
      }
    } catch (DecodeException refused) {
      message.acknowledge();
      Guard.call(() -> listener.refused(new Refusal.Undecodable(refused)));
    } catch (RuntimeException failure) {
      // Nobody would ever acknowledge it, and nothing after it would be.
      message.acknowledge();
      reject(message, failure);
    }
  }

  private void handOut(
      Incoming message, StateMessage state, Inbound.Read read, int connection, Instant receivedAt) {
    Memory.Key key = Memory.Key.of(message);
    OpenDelivery<StateMessage> delivery =
        new OpenDelivery<>(
            state,
            message.topic(),
            read.levels(),
            receivedAt,
            memory.add(key),
            message.payload().length,
            connection,
            new Ends(message, connection));
    open.add(delivery);
    try {
      Handlers.dispatch(delivery, listener);
    } catch (RuntimeException | Error failure) {
      if (memory.fail(key) < MAX_FAILURES) {
        delivery.close();
      } else {
        delivery.acknowledge();
        reject(message, failure);
      }
    }
  }

  private void reject(Incoming message, Throwable failure) {
    String digest = Digest.of(message.payload());
    Guard.call(() -> listener.refused(new Refusal.Rejected(message.topic(), digest, failure)));
  }

  private void drop(int connection, String reason) {
    dropped = Math.max(dropped, connection);
    reconnect.accept(connection, reason);
  }

  private long heldBytes() {
    return open.bytes() + waitingBytes.get();
  }

  /** Ends the deliveries of one message. */
  private final class Ends implements OpenDelivery.Ends {
    private final Incoming message;
    private final int connection;

    Ends(Incoming message, int connection) {
      this.message = message;
      this.connection = connection;
    }

    @Override
    public void acknowledged(OpenDelivery<?> delivery) {
      open.remove(delivery);
      message.acknowledge();
    }

    @Override
    public void givenBack(OpenDelivery<?> delivery) {
      open.remove(delivery);
      if (!closed) {
        drop(connection, "a delivery was given back");
      }
    }
  }
}
