package io.propeller.testkit.mqtt;

import io.propeller.mqtt.client.Broker;
import io.propeller.mqtt.client.ConnectionState;
import io.propeller.mqtt.client.OperatorChannel;
import io.propeller.mqtt.client.OperatorChannelOptions;
import io.propeller.mqtt.client.OperatorListener;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.topic.Channel;
import io.propeller.mqtt.topic.Route;
import io.propeller.mqtt.topic.Subtopic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A broker without a network: messages go through the codec and what they would go through at a
 * real one, in this JVM and without delay. It keeps sessions as a broker does, and can be taken
 * away, brought back, and made to forget.
 *
 * <p>All listeners are called by one thread of the broker's. Safe for use by any thread.
 */
public final class FakeBroker implements Broker, AutoCloseable {

  private final InstantSource clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "fake-broker");
            made.setDaemon(true);
            return made;
          });
  // All that follows belongs to the thread.
  private final Map<String, FakeSession> sessions = new HashMap<>();
  private final List<FakeOperatorChannel> operators = new ArrayList<>();
  private final List<FakeWorkerChannel> workers = new ArrayList<>();
  private boolean up = true;

  /** Makes a broker whose messages arrive at the time of the system's clock. */
  public FakeBroker() {
    this(InstantSource.system());
  }

  /** Makes a broker whose messages arrive at the time of a clock. */
  public FakeBroker(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public OperatorChannel open(OperatorChannelOptions options, OperatorListener listener) {
    FakeOperatorChannel channel = new FakeOperatorChannel(this, options, listener);
    thread.execute(
        () -> {
          operators.add(channel);
          channel.opened();
          if (up) {
            connect(channel);
          }
        });
    return channel;
  }

  @Override
  public WorkerChannel open(WorkerChannelOptions options, WorkerListener listener) {
    FakeWorkerChannel channel = new FakeWorkerChannel(this, options, listener);
    thread.execute(
        () -> {
          workers.add(channel);
          channel.opened();
          if (up) {
            channel.connected();
          }
        });
    return channel;
  }

  /** Cuts all connections, and lets none come about until {@link #up}. */
  public void down() {
    thread.execute(
        () -> {
          up = false;
          operators.forEach(FakeOperatorChannel::disconnected);
          workers.forEach(FakeWorkerChannel::disconnected);
        });
  }

  /** Lets connections come about again. */
  public void up() {
    thread.execute(
        () -> {
          up = true;
          List.copyOf(operators).forEach(this::connect);
          List.copyOf(workers).forEach(FakeWorkerChannel::connected);
        });
  }

  /**
   * Cuts all connections, forgets all sessions and what waits in them, and lets connections come
   * about again.
   */
  public void forget() {
    down();
    thread.execute(sessions::clear);
    up();
  }

  /** Ends a worker as a loss of power would: the broker says its last will. */
  public void lose(WorkerChannel worker) {
    thread.execute(
        () -> {
          if (worker instanceof FakeWorkerChannel lost && workers.remove(lost)) {
            lost.disconnected();
            lost.will().ifPresent(will -> deliver(will.topic(), will.payload()));
          }
        });
  }

  /** Publishes any bytes on any topic, as a client of which nothing is known. */
  public void publish(String topic, byte[] payload) {
    thread.execute(() -> deliver(topic, payload));
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  void execute(Runnable task) {
    if (!thread.isShutdown()) {
      thread.execute(task);
    }
  }

  InstantSource clock() {
    return clock;
  }

  /** Gives a message to all that have subscribed to it. */
  void deliver(String topic, byte[] payload) {
    for (FakeSession session : List.copyOf(sessions.values())) {
      Optional<Route> route = session.channel().match(topic);
      if (route.isPresent() && route.get().subtopic().isState()) {
        session.add(topic, payload);
      }
    }
    for (FakeOperatorChannel operator : List.copyOf(operators)) {
      if (isOf(operator.channel(), topic, Subtopic::isTelemetry)) {
        operator.telemetry(topic, payload);
      }
    }
    for (FakeWorkerChannel worker : List.copyOf(workers)) {
      if (isOf(worker.channel(), topic, Subtopic::toWorkers)) {
        worker.received(topic, payload);
      }
    }
  }

  void closed(FakeOperatorChannel channel) {
    operators.remove(channel);
  }

  void closed(FakeWorkerChannel channel) {
    workers.remove(channel);
  }

  private void connect(FakeOperatorChannel channel) {
    String key = channel.channel() + " " + channel.clientId();
    for (FakeOperatorChannel other : List.copyOf(operators)) {
      if (other != channel
          && other.isConnected()
          && key.equals(other.channel() + " " + other.clientId())) {
        operators.remove(other);
        other.takenOver();
      }
    }
    FakeSession kept = sessions.get(key);
    FakeSession session = kept != null ? kept : new FakeSession(channel.channel());
    sessions.put(key, session);
    channel.connected(
        session, kept != null ? ConnectionState.Session.RESUMED : ConnectionState.Session.NEW);
  }

  private static boolean isOf(Channel channel, String topic, Predicate<Subtopic<?>> kind) {
    return channel.match(topic).map(Route::subtopic).filter(kind).isPresent();
  }
}
