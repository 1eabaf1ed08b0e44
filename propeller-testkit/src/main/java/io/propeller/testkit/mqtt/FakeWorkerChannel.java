package io.propeller.testkit.mqtt;

import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.Handlers;
import io.propeller.mqtt.client.NotConnectedException;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Subtopic;
import io.propeller.mqtt.topic.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A worker's end of a channel at a {@link FakeBroker}. */
final class FakeWorkerChannel implements WorkerChannel {

  /** A message that waits to be sent, or a last will. */
  static final class Outgoing {
    private final String topic;
    private final byte[] payload;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();

    private Outgoing(Topic topic, byte[] payload) {
      this.topic = topic.value();
      this.payload = payload;
    }

    String topic() {
      return topic;
    }

    byte[] payload() {
      return payload;
    }
  }

  private final FakeBroker broker;
  private final WorkerChannelOptions options;
  private final WorkerListener listener;
  private final Codec codec;
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private volatile ConnectionState state = new ConnectionState.Connecting(1);

  FakeWorkerChannel(FakeBroker broker, WorkerChannelOptions options, WorkerListener listener) {
    this.broker = broker;
    this.options = options;
    this.listener = listener;
    this.codec = new Codec(options.limits());
  }

  Channel channel() {
    return options.channel();
  }

  Optional<Outgoing> will() {
    Alive offline =
        Alive.builder()
            .propletId(options.id())
            .status(Alive.Status.OFFLINE)
            .namespace(options.namespace())
            .channelId(channel().id().value())
            .build();
    return options.lastWill()
        ? Optional.of(new Outgoing(channel().topic(Subtopic.ALIVE), Codec.encode(offline)))
        : Optional.empty();
  }

  void opened() {
    change(new ConnectionState.Connecting(1));
  }

  void connected() {
    change(new ConnectionState.Connected(ConnectionState.Session.NEW));
    while (!waiting.isEmpty()) {
      send(waiting.remove());
    }
  }

  void disconnected() {
    change(new ConnectionState.Disconnected("the broker is down", broker.clock().instant()));
  }

  void received(String topic, byte[] payload) {
    if (!(state instanceof ConnectionState.Connected)) {
      return;
    }
    try {
      Message message = codec.decode(channel().match(topic).orElseThrow(), topic, payload);
      Handlers.dispatch(message, options.id(), listener);
    } catch (DecodeException e) {
      listener.refused(e);
    }
  }

  @Override
  public CompletionStage<Void> publish(WorkerMessage message) {
    Topic topic =
        message instanceof Update update
            ? channel().topic(Subtopic.UPDATE, update.roundId().value(), options.id().value())
            : channel().topic(Subtopic.of(message));
    Outgoing outgoing = new Outgoing(topic, Codec.encode(message));
    broker.execute(
        () -> {
          if (state instanceof ConnectionState.Connected) {
            send(outgoing);
          } else if (state instanceof ConnectionState.Closed
              || waiting.size() >= options.maxWaiting()) {
            outgoing.sent.completeExceptionally(new NotConnectedException("not sent: " + state));
          } else {
            waiting.add(outgoing);
          }
        });
    return outgoing.sent.minimalCompletionStage();
  }

  private void send(Outgoing outgoing) {
    broker.deliver(outgoing.topic, outgoing.payload);
    outgoing.sent.complete(null);
  }

  private void change(ConnectionState to) {
    state = to;
    listener.connectionChanged(to);
  }

  @Override
  public ConnectionState state() {
    return state;
  }

  @Override
  public void close() {
    broker.execute(
        () -> {
          broker.closed(this);
          if (!(state instanceof ConnectionState.Closed)) {
            change(new ConnectionState.Closed());
          }
          waiting.forEach(
              outgoing ->
                  outgoing.sent.completeExceptionally(
                      new NotConnectedException("the channel is closed")));
          waiting.clear();
        });
  }
}
