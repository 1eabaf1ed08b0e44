package io.propeller.mqtt.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection that is up, and what it has sent and the broker has not acknowledged. */
final class LiveLink {

  /** A message on its way. Equal to none but itself, as a future is. */
  private record Sent(CompletableFuture<Void> acknowledged, Instant at) {}

  private final Link link;
  private final Duration timeout;
  private final InstantSource clock;
  private final Set<Sent> unacknowledged = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String lost;

  /**
   * Makes a live link.
   *
   * @param timeout how long the broker may take to acknowledge a message
   */
  LiveLink(Link link, Duration timeout, InstantSource clock) {
    this.link = link;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Sends a message. The result fails with {@link UnacknowledgedException} when the connection is
   * lost, or the time runs out, before the broker has acknowledged it.
   */
  CompletableFuture<Void> publish(String topic, ByteBuffer payload, Qos qos) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    Sent sent = new Sent(acknowledged, clock.instant());
    unacknowledged.add(sent);
    Async.whenDone(
        link.publish(topic, payload, qos),
        (done, failure) -> {
          unacknowledged.remove(sent);
          if (failure == null) {
            acknowledged.complete(null);
          } else {
            fail(sent, LinkLoss.describe(failure));
          }
        });
    String reason = lost;
    if (reason != null) {
      lose(reason);
    }
    return acknowledged;
  }

  /** Fails what the broker has not acknowledged in time; to be called now and then. */
  void sweep() {
    Instant oldest = clock.instant().minus(timeout);
    failAll(sent -> sent.at().isBefore(oldest), "not within " + timeout);
  }

  /** Fails all that is unacknowledged, now and from now on. */
  void lose(String reason) {
    lost = reason;
    failAll(sent -> true, "the connection was lost first: " + reason);
  }

  private void failAll(Predicate<Sent> which, String why) {
    List<Sent> failed = unacknowledged.stream().filter(which).toList();
    failed.forEach(
        sent -> {
          unacknowledged.remove(sent);
          fail(sent, why);
        });
  }

  private static void fail(Sent sent, String why) {
    sent.acknowledged()
        .completeExceptionally(
            new UnacknowledgedException("the broker has not acknowledged the message: " + why));
  }
}
