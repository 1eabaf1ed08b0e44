package io.propeller.operator.internal.event;

import com.google.common.util.concurrent.RateLimiter;
import com.google.common.util.concurrent.Uninterruptibles;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes Events. They are a courtesy: written later, at a bounded rate, and left out
 * where too many wait or the API server does not take one.
 *
 * <p>Safe for use by any thread; no method waits.
 */
public final class Events implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Events.class);
  private static final String COMPONENT = "propeller-operator";
  private static final int PER_SECOND = 20;
  private static final int WAITING = 1_000;
  private static final int MAX_MESSAGE = 1_024;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final OperatorMetrics metrics;
  private final InstantSource clock;
  private final RateLimiter limiter = RateLimiter.create(PER_SECOND);
  private final AtomicLong sequence;
  private final ThreadPoolExecutor thread;

  /** Starts the thread that writes. */
  public Events(KubernetesClient client, OperatorMetrics metrics, InstantSource clock) {
    this.client = client;
    this.metrics = metrics;
    this.clock = clock;
    this.sequence = new AtomicLong(clock.millis() << 20);
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
              Thread created = new Thread(task, "events");
              created.setDaemon(true);
              return created;
            },
            (task, full) -> metrics.eventDropped());
  }

  /** Has an event written about a resource. */
  public void record(HasMetadata about, Happening happening) {
    Instant now = clock.instant();
    thread.execute(() -> write(event(about, happening, now)));
  }

  private void write(Event event) {
    limiter.acquire();
    if (thread.isShutdown()) {
      return;
    }
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      metrics.eventDropped();
      log.debug("event {} was not written", event.getReason(), e);
    }
  }

  private Event event(HasMetadata about, Happening happening, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.getMetadata().getNamespace())
        .withName("%s.%x".formatted(about.getMetadata().getName(), sequence.incrementAndGet()))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .withResourceVersion(about.getMetadata().getResourceVersion())
        .endInvolvedObject()
        .withType(happening.kind().written())
        .withReason(happening.reason())
        .withMessage(shorten(happening.message()))
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .build();
  }

  private static String shorten(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }

  /** Leaves out what has not been written, and uses the client no more once it returns. */
  @Override
  public void close() {
    thread.shutdownNow();
    if (!Uninterruptibles.awaitTerminationUninterruptibly(thread, STOP_WITHIN)) {
      log.warn("an event is still being written after {}", STOP_WITHIN);
    }
  }
}
