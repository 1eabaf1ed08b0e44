package io.propeller.mqtt.client;

import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.codec.EncodeException;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Subtopic;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The operator's end of a channel, over two sessions: one that the broker keeps, and one for what
 * may be lost.
 */
final class MqttOperatorChannel implements OperatorChannel {

  /** What a packet has besides its message, at most. */
  private static final int PACKET_OVERHEAD = 64 << 10;

  private static final int TELEMETRY_RECEIVE_MAXIMUM = 1024;

  private final OperatorChannelOptions options;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor control = Threads.timed("propeller-mqtt-control");
  private final ThreadPoolExecutor stateThread = Threads.serial("propeller-mqtt-state");
  private final ThreadPoolExecutor telemetryThread = Threads.serial("propeller-mqtt-telemetry");
  private final Session state;
  private final Session telemetry;
  private final StateInbox inbox;

  MqttOperatorChannel(
      BrokerOptions broker,
      OperatorChannelOptions options,
      OperatorListener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.options = options;
    this.clock = clock;
    Backoff backoff = new Backoff(broker.minBackoff(), broker.maxBackoff(), random);
    Inbound inbound = new Inbound(options.channel(), new Codec(options.limits()), false);
    StateInbox stateInbox =
        new StateInbox(options, inbound, listener, stateThread, clock, this::reconnect);
    TelemetryInbox telemetryInbox = new TelemetryInbox(options, inbound, listener, telemetryThread);
    this.inbox = stateInbox;
    this.state =
        new Session(
            stateSpec(options),
            broker,
            backoff,
            control,
            clock,
            new Session.Events() {
              @Override
              public void received(Incoming message, int connection) {
                stateInbox.received(message, connection);
              }

              @Override
              public void changed(ConnectionState to) {
                Guard.call(() -> listener.connectionChanged(SessionKind.STATE, to));
              }

              @Override
              public String obstacle() {
                return stateInbox.obstacle();
              }
            });
    this.telemetry =
        new Session(
            telemetrySpec(options, random),
            broker,
            backoff,
            control,
            clock,
            new Session.Events() {
              @Override
              public void received(Incoming message, int connection) {
                telemetryInbox.received(message);
              }

              @Override
              public void changed(ConnectionState to) {
                Guard.call(() -> listener.connectionChanged(SessionKind.TELEMETRY, to));
              }
            });
  }

  void start() {
    state.start();
    telemetry.start();
    long period = Math.max(1, options.acknowledgeWithin().toMillis() / 4);
    var unused =
        control.scheduleWithFixedDelay(inbox::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  private static LinkSpec stateSpec(OperatorChannelOptions options) {
    return new LinkSpec(
        options.clientId(),
        Optional.of(options.sessionExpiry()),
        filters(options.channel(), Subtopic::isState),
        options.qos(),
        true,
        options.maxUnacknowledged(),
        options.limits().updateBytes() + PACKET_OVERHEAD,
        Optional.empty());
  }

  private static LinkSpec telemetrySpec(OperatorChannelOptions options, RandomGenerator random) {
    return new LinkSpec(
        options.clientId() + "-" + Long.toHexString(random.nextLong()),
        Optional.empty(),
        filters(options.channel(), Subtopic::isTelemetry),
        Qos.AT_MOST_ONCE,
        false,
        TELEMETRY_RECEIVE_MAXIMUM,
        options.limits().bytes() + PACKET_OVERHEAD,
        Optional.empty());
  }

  private static List<String> filters(Channel channel, Predicate<Subtopic<?>> wanted) {
    return Subtopic.all().stream()
        .filter(wanted)
        .flatMap(subtopic -> channel.filters(subtopic).stream())
        .toList();
  }

  @Override
  public CompletionStage<Void> publish(OperatorMessage message, Dialect dialect) {
    try {
      return state
          .publish(
              options.channel().topic(Subtopic.of(message)).value(),
              ByteBuffer.wrap(Codec.encode(message, dialect)),
              // A session that goes on over connections may take a new message of QoS 2 for an old
              // one of the same number.
              options.qos() == Qos.AT_MOST_ONCE ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE)
          .minimalCompletionStage();
    } catch (EncodeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void reconnect(int connection, String reason) {
    state.reconnect(connection, reason);
  }

  @Override
  public ChannelStatus status() {
    return new ChannelStatus(
        state.state(), telemetry.state(), inbox.open().size(), inbox.open().age(clock.instant()));
  }

  @Override
  public void close() {
    inbox.close();
    Closing.await(CompletableFuture.allOf(state.close(), telemetry.close()));
    Threads.end(control);
    Threads.end(stateThread);
    Threads.end(telemetryThread);
  }
}
