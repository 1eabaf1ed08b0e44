package io.propeller.testkit.mqtt;

import com.google.common.hash.Hashing;
import io.propeller.mqtt.client.ChannelStatus;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.client.Handlers;
import io.propeller.mqtt.client.NotConnectedException;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.client.Refusal;
import io.propeller.mqtt.client.SessionKind;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.codec.EncodeException;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.message.TelemetryMessage;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Route;
import io.propeller.mqtt.topic.Subtopic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An operator's end of a channel at a {@link FakeBroker}. */
final class FakeOperatorChannel implements OperatorChannel {

  private static final int MAX_FAILURES = 3;

  private final FakeBroker broker;
  private final OperatorChannelOptions options;
  private final OperatorListener listener;
  private final Codec codec;
  private final Set<FakeDelivery<?>> open = new LinkedHashSet<>();
  private volatile ConnectionState state = new ConnectionState.Connecting(1);
  private @Nullable FakeSession session;
  private int connection;
  private boolean wasConnected;

  FakeOperatorChannel(
      FakeBroker broker, OperatorChannelOptions options, OperatorListener listener) {
    this.broker = broker;
    this.options = options;
    this.listener = listener;
    this.codec = new Codec(options.limits());
  }

  Channel channel() {
    return options.channel();
  }

  String clientId() {
    return options.clientId();
  }

  boolean isConnected() {
    return session != null;
  }

  void opened() {
    change(new ConnectionState.Connecting(1));
  }

  void connected(FakeSession to, ConnectionState.Session kind) {
    connection++;
    session = to;
    boolean lost = wasConnected && kind == ConnectionState.Session.NEW;
    wasConnected = true;
    change(new ConnectionState.Connected(lost ? ConnectionState.Session.LOST : kind));
    to.readBy(this);
  }

  void disconnected() {
    leave();
    change(new ConnectionState.Disconnected("the broker is down", broker.clock().instant()));
  }

  void takenOver() {
    leave();
    change(new ConnectionState.TakenOver());
  }

  private void leave() {
    if (session != null) {
      session.readBy(null);
      session = null;
    }
    synchronized (open) {
      open.clear();
    }
  }

  private void change(ConnectionState to) {
    state = to;
    listener.connectionChanged(SessionKind.STATE, to);
    listener.connectionChanged(SessionKind.TELEMETRY, to);
  }

  void telemetry(String topic, byte[] payload) {
    if (session == null) {
      return;
    }
    try {
      Route route = channel().match(topic).orElseThrow();
      Handlers.dispatch((TelemetryMessage) codec.decode(route, topic, payload), listener);
    } catch (DecodeException e) {
      listener.refused(new Refusal.Undecodable(e));
    }
  }

  void deliver(FakeSession.Kept kept) {
    FakeSession from = session;
    if (from == null) {
      return;
    }
    try {
      Route route = channel().match(kept.topic()).orElseThrow();
      StateMessage message = (StateMessage) codec.decode(route, kept.topic(), kept.payload());
      handOut(new FakeDelivery<>(this, from, connection, kept, route.levels(), message));
    } catch (DecodeException e) {
      from.remove(kept);
      listener.refused(new Refusal.Undecodable(e));
    }
  }

  private void handOut(FakeDelivery<?> delivery) {
    synchronized (open) {
      open.add(delivery);
    }
    try {
      Handlers.dispatch(delivery, listener);
    } catch (RuntimeException | AssertionError e) {
      FakeSession.Kept kept = delivery.kept();
      if (kept.fail() < MAX_FAILURES) {
        delivery.close();
      } else {
        delivery.acknowledge();
        listener.refused(
            new Refusal.Rejected(
                kept.topic(), Hashing.sha256().hashBytes(kept.payload()).toString(), e));
      }
    }
  }

  Instant now() {
    return broker.clock().instant();
  }

  void acknowledged(FakeDelivery<?> delivery) {
    forget(delivery);
    broker.execute(
        () -> {
          if (delivery.connection() == connection && session != null) {
            delivery.session().remove(delivery.kept());
          }
        });
  }

  void givenBack(FakeDelivery<?> delivery) {
    forget(delivery);
    broker.execute(
        () -> {
          if (delivery.connection() == connection && session != null) {
            FakeSession again = session;
            disconnected();
            connected(again, ConnectionState.Session.RESUMED);
          }
        });
  }

  private void forget(Delivery<?> delivery) {
    synchronized (open) {
      open.remove(delivery);
    }
  }

  @Override
  public CompletionStage<Void> publish(OperatorMessage message, Dialect dialect) {
    byte[] payload;
    try {
      payload = Codec.encode(message, dialect);
    } catch (EncodeException e) {
      return CompletableFuture.failedStage(e);
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    broker.execute(
        () -> {
          if (session == null) {
            sent.completeExceptionally(new NotConnectedException("not connected: " + state));
          } else {
            broker.deliver(channel().topic(Subtopic.of(message)).value(), payload);
            sent.complete(null);
          }
        });
    return sent.minimalCompletionStage();
  }

  @Override
  public ChannelStatus status() {
    synchronized (open) {
      Duration age =
          open.stream()
              .findFirst()
              .map(oldest -> Duration.between(oldest.receivedAt(), now()))
              .orElse(Duration.ZERO);
      return new ChannelStatus(state, state, open.size(), age);
    }
  }

  @Override
  public void close() {
    broker.execute(
        () -> {
          leave();
          broker.closed(this);
          if (!(state instanceof ConnectionState.TakenOver
              || state instanceof ConnectionState.Closed)) {
            change(new ConnectionState.Closed());
          }
        });
  }
}
