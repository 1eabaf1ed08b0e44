package io.propeller.operator.internal.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.operator.internal.health.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an operator comes to work: once the API server lets it, and once it is its turn to lead. */
public final class Turn implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Turn.class);
  private static final Duration ASK_EVERY = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final Health health;
  private final Optional<String> candidate;
  private final Runnable work;
  private final Consumer<String> end;
  private volatile @Nullable Leadership leadership;

  /**
   * Makes one.
   *
   * @param candidate what the lease calls this operator; empty if it leads without one
   * @param work is called once, when it is to work
   * @param end is told why it cannot go on
   */
  public Turn(
      KubernetesClient client,
      Health health,
      Optional<String> candidate,
      Runnable work,
      Consumer<String> end) {
    this.client = client;
    this.health = health;
    this.candidate = candidate;
    this.work = work;
    this.end = end;
  }

  /**
   * Begins at once where that is possible: without a lease, returns when the work is taken up.
   *
   * @param timer runs what is tried again
   */
  public void await(ScheduledExecutorService timer) {
    if (health.mayBegin()) {
      begin();
    } else {
      askAgain(timer);
    }
  }

  private void askAgain(ScheduledExecutorService timer) {
    var unused =
        timer.schedule(
            () -> {
              if (health.mayBegin()) {
                orEnd(this::begin);
              } else {
                askAgain(timer);
              }
            },
            ASK_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void begin() {
    if (candidate.isEmpty()) {
      work.run();
      return;
    }
    log.info("stands by until it holds the lease {}", Leadership.LEASE);
    health.standsBy();
    leadership =
        Leadership.campaign(
            client,
            candidate.get(),
            () -> {
              log.info("leads");
              orEnd(work);
            },
            () -> end.accept("lost the lease to another operator"));
  }

  private void orEnd(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      end.accept(String.valueOf(e.getMessage()));
    }
  }

  /** Lets the next one lead at once. */
  @Override
  public void close() {
    if (leadership != null) {
      leadership.close();
    }
  }
}
