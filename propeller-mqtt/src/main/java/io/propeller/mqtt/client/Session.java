package io.propeller.mqtt.client;

import io.propeller.mqtt.client.ConnectionState.Closed;
import io.propeller.mqtt.client.ConnectionState.Connected;
import io.propeller.mqtt.client.ConnectionState.Connecting;
import io.propeller.mqtt.client.ConnectionState.Disconnected;
import io.propeller.mqtt.client.ConnectionState.TakenOver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session with the broker, kept up over any number of connections.
 *
 * <p>Each connection has a client object of its own. So nothing of the last one is left that could
 * be in the way: neither a message that it never acknowledged, which would hold back all after it,
 * nor one that it would send again after its sender was told that it failed.
 *
 * <p>All changes of state happen on one thread, {@code control}.
 */
final class Session {

  /** Hears of what happens in a session. */
  interface Events {

    /** Called with a message, by a thread that must not be held up. */
    void received(Incoming message, int connection);

    /** Called by {@code control}. */
    void changed(ConnectionState state);

    /**
     * Returns why no connection should be made at present; empty if one may be. Called by {@code
     * control}.
     */
    default String obstacle() {
      return "";
    }
  }

  private final LinkSpec spec;
  private final Links links;
  private final Duration connectTimeout;
  private final Duration publishTimeout;
  private final Backoff backoff;
  private final ScheduledExecutorService control;
  private final InstantSource clock;
  private final Events events;

  private volatile ConnectionState state = new Connecting(1);
  private volatile @Nullable LiveLink live;
  private int connection;
  private int failures;
  private boolean hadSession;
  private @Nullable Link current;
  private Instant connectedAt = Instant.EPOCH;

  Session(
      LinkSpec spec,
      BrokerOptions broker,
      Backoff backoff,
      ScheduledExecutorService control,
      InstantSource clock,
      Events events) {
    this.spec = spec;
    this.links = new Links(broker);
    this.connectTimeout = broker.connectTimeout();
    this.publishTimeout = broker.publishTimeout();
    this.backoff = backoff;
    this.control = control;
    this.clock = clock;
    this.events = events;
  }

  void start() {
    long period = Math.max(1, publishTimeout.toMillis() / 8);
    var unused = control.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
    control.execute(this::connect);
  }

  private void sweep() {
    LiveLink up = live;
    if (up != null) {
      up.sweep();
    }
  }

  ConnectionState state() {
    return state;
  }

  CompletableFuture<Void> publish(String topic, ByteBuffer payload, Qos qos) {
    LiveLink up = live;
    return up == null
        ? CompletableFuture.failedFuture(
            new NotConnectedException("not connected to the broker: " + state))
        : up.publish(topic, payload, qos);
  }

  /** Drops a connection and makes a new one; does nothing if it is no longer up. */
  void reconnect(int number, String reason) {
    control.execute(
        () -> {
          Link link = current;
          if (number == connection && link != null) {
            dropped(new LinkLoss(reason, false));
            Async.whenDone(link.disconnect(), (done, ignored) -> {});
          }
        });
  }

  /** Ends the session's connection; completes when that is done. */
  CompletableFuture<Void> close() {
    if (isFinal()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> closed = new CompletableFuture<>();
    control.execute(
        () -> {
          Link link = current;
          if (isFinal()) {
            closed.complete(null);
            return;
          }
          disown("the channel was closed");
          change(new Closed());
          if (link == null) {
            closed.complete(null);
          } else {
            Async.whenDone(link.disconnect(), (done, failure) -> closed.complete(null));
          }
        });
    return closed;
  }

  private void connect() {
    if (isFinal()) {
      return;
    }
    String obstacle = events.obstacle();
    if (!obstacle.isEmpty()) {
      retry(obstacle);
      return;
    }
    int number = ++connection;
    change(new Connecting(failures + 1));
    try {
      Link link = links.create(spec, new LinkEvents(number));
      current = link;
      Async.whenDone(
          link.connect()
              .thenCompose(
                  present ->
                      link.subscribe(spec.filters(), spec.qos())
                          .orTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                          .thenApply(done -> present)),
          (present, failure) -> onControl(number, () -> made(link, present, failure)));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      dropped(new LinkLoss(LinkLoss.describe(e), false));
    }
  }

  private void made(Link link, @Nullable Boolean present, @Nullable Throwable failure) {
    if (failure != null || present == null) {
      dropped(new LinkLoss(failure == null ? "no answer" : LinkLoss.describe(failure), false));
      Async.whenDone(link.disconnect(), (done, ignored) -> {});
      return;
    }
    connectedAt = clock.instant();
    live = new LiveLink(link, publishTimeout, clock);
    ConnectionState.Session session =
        present
            ? ConnectionState.Session.RESUMED
            : hadSession ? ConnectionState.Session.LOST : ConnectionState.Session.NEW;
    hadSession = spec.kept().isPresent();
    change(new Connected(session));
  }

  private void dropped(LinkLoss loss) {
    disown(loss.reason());
    if (loss.takenOver()) {
      change(new TakenOver());
    } else {
      retry(loss.reason());
    }
  }

  private void disown(String reason) {
    LiveLink up = live;
    live = null;
    current = null;
    if (up != null) {
      up.lose(reason);
      if (Duration.between(connectedAt, clock.instant()).compareTo(backoff.stableAfter()) >= 0) {
        failures = 0;
      }
    }
  }

  private void retry(String reason) {
    failures++;
    Duration wait = backoff.after(failures);
    change(new Disconnected(reason, clock.instant().plus(wait)));
    var unused = control.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void change(ConnectionState to) {
    state = to;
    events.changed(to);
  }

  private boolean isFinal() {
    return state instanceof Closed || state instanceof TakenOver;
  }

  /** Runs something about a connection, if that is still the one. */
  private void onControl(int number, Runnable action) {
    control.execute(
        () -> {
          if (number == connection && current != null) {
            action.run();
          }
        });
  }

  /** Hears of what happens on one connection. */
  private final class LinkEvents implements Link.Events {
    private final int number;

    LinkEvents(int number) {
      this.number = number;
    }

    @Override
    public void received(Incoming message) {
      events.received(message, number);
    }

    @Override
    public void lost(LinkLoss loss) {
      onControl(number, () -> dropped(loss));
    }
  }
}
