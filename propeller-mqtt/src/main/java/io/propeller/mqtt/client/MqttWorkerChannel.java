package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.DecodeException;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Subtopic;
import io.propeller.mqtt.topic.Topic;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.random.RandomGenerator;

/** A worker's end of a channel, over one session that starts anew with each connection. */
final class MqttWorkerChannel implements WorkerChannel {

  /** How many messages may come in at once. */
  private static final int RECEIVE_MAXIMUM = 10;

  /** How many messages may be sent and not acknowledged: enough to keep a broker busy. */
  private static final int WINDOW = 256;

  private static final int PACKET_OVERHEAD = 64 << 10;

  private final WorkerChannelOptions options;
  private final ScheduledThreadPoolExecutor control = Threads.timed("propeller-worker-control");
  private final ThreadPoolExecutor inboundThread = Threads.serial("propeller-worker-inbound");
  private final Session session;
  private final Outbox outbox;

  MqttWorkerChannel(
      BrokerOptions broker,
      WorkerChannelOptions options,
      WorkerListener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.options = options;
    Inbound inbound = new Inbound(options.channel(), new Codec(options.limits()), true);
    this.outbox = new Outbox(options.maxWaiting(), WINDOW, this::send);
    Outbox waiting = outbox;
    this.session =
        new Session(
            spec(options),
            broker,
            new Backoff(broker.minBackoff(), broker.maxBackoff(), random),
            control,
            clock,
            new Session.Events() {
              @Override
              public void received(Incoming message, int connection) {
                inboundThread.execute(() -> handle(message, inbound, options.id(), listener));
              }

              @Override
              public void changed(ConnectionState to) {
                if (to instanceof ConnectionState.Connected) {
                  waiting.connected();
                } else {
                  waiting.disconnected();
                }
                Guard.call(() -> listener.connectionChanged(to));
              }
            });
  }

  void start() {
    session.start();
  }

  private static LinkSpec spec(WorkerChannelOptions options) {
    Channel channel = options.channel();
    return new LinkSpec(
        options.id().value(),
        Optional.empty(),
        Subtopic.all().stream()
            .filter(Subtopic::toWorkers)
            .flatMap(subtopic -> channel.filters(subtopic).stream())
            .toList(),
        options.qos(),
        false,
        RECEIVE_MAXIMUM,
        options.limits().bytes() + PACKET_OVERHEAD,
        options.lastWill() ? Optional.of(will(options)) : Optional.empty());
  }

  private static LinkSpec.Will will(WorkerChannelOptions options) {
    var alive = Alive.builder().propletId(options.id()).status(Alive.Status.OFFLINE);
    if (options.namespace().isPresent()) {
      alive.namespace(options.namespace());
    } else {
      alive.channelId(options.channel().id().value());
    }
    return new LinkSpec.Will(
        options.channel().topic(Subtopic.ALIVE).value(), Bytes.wrap(Codec.encode(alive.build())));
  }

  private static void handle(
      Incoming message, Inbound inbound, PropletId self, WorkerListener listener) {
    try {
      Inbound.Read read = inbound.read(message);
      Guard.call(() -> Handlers.dispatch(read.message(), self, listener));
    } catch (DecodeException refused) {
      Guard.call(() -> listener.refused(refused));
    }
  }

  @Override
  public CompletionStage<Void> publish(WorkerMessage message) {
    return outbox
        .add(topic(message).value(), ByteBuffer.wrap(Codec.encode(message)))
        .minimalCompletionStage();
  }

  private Topic topic(WorkerMessage message) {
    return message instanceof Update update
        ? options.channel().topic(Subtopic.UPDATE, update.roundId().value(), options.id().value())
        : options.channel().topic(Subtopic.of(message));
  }

  private CompletableFuture<Void> send(String topic, ByteBuffer payload) {
    return session.publish(topic, payload, options.qos());
  }

  @Override
  public ConnectionState state() {
    return session.state();
  }

  @Override
  public void close() {
    Closing.await(session.close());
    outbox.close();
    Threads.end(control);
    Threads.end(inboundThread);
  }
}
