package io.propeller.mqtt.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A connection that is up, and what it has sent and the broker has not acknowledged. */
final class LiveLink {

  private final Link link;
  private final AtomicLong count = new AtomicLong();
  private final Map<Long, CompletableFuture<Void>> unacknowledged = new ConcurrentHashMap<>();
  private volatile @Nullable String lost;

  LiveLink(Link link) {
    this.link = link;
  }

  /**
   * Sends a message. The result fails with {@link UnacknowledgedException} when the connection is
   * lost, or the time runs out, before the broker has acknowledged it.
   */
  CompletableFuture<Void> publish(String topic, ByteBuffer payload, Qos qos, Duration timeout) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    Long number = count.incrementAndGet();
    unacknowledged.put(number, sent);
    Async.whenDone(
        link.publish(topic, payload, qos).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS),
        (done, failure) -> {
          unacknowledged.remove(number);
          if (failure == null) {
            sent.complete(null);
          } else {
            sent.completeExceptionally(explain(failure, timeout));
          }
        });
    String reason = lost;
    if (reason != null) {
      lose(reason);
    }
    return sent;
  }

  /** Fails all that is unacknowledged, now and from now on. */
  void lose(String reason) {
    lost = reason;
    unacknowledged.forEach(
        (number, sent) ->
            sent.completeExceptionally(
                new UnacknowledgedException(
                    "the connection was lost before the broker acknowledged the message: "
                        + reason)));
    unacknowledged.clear();
  }

  private static UnacknowledgedException explain(Throwable failure, Duration timeout) {
    return new UnacknowledgedException(
        failure instanceof TimeoutException
            ? "the broker has not acknowledged the message within " + timeout
            : "the broker has not acknowledged the message: " + LinkLoss.describe(failure));
  }
}
