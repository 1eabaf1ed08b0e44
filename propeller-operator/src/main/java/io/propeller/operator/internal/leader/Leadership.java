package io.propeller.operator.internal.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A candidacy for the lease that only one operator holds. */
public final class Leadership implements AutoCloseable {

  /** Name of the lease. */
  public static final String LEASE = "propeller-operator";

  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** The election calls back while it holds its lock: whoever works there renews nothing. */
  private final ExecutorService callbacks =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "leadership");
            thread.setDaemon(true);
            return thread;
          });

  private final CompletableFuture<?> election;
  private volatile boolean closing;

  private Leadership(KubernetesClient client, String name, Runnable onLeading, Runnable onLost) {
    String namespace = client.getNamespace() == null ? "default" : client.getNamespace();
    this.election =
        client
            .leaderElector()
            .withConfig(
                new LeaderElectionConfigBuilder()
                    .withName(LEASE)
                    .withLock(
                        new FrugalLock(
                            new LeaseLock(namespace, LEASE, name + "_" + UUID.randomUUID()),
                            RENEW_EVERY))
                    .withLeaseDuration(LEASE_DURATION)
                    .withRenewDeadline(RENEW_DEADLINE)
                    .withRetryPeriod(LOOK_EVERY)
                    .withReleaseOnCancel(true)
                    .withLeaderCallbacks(
                        new LeaderCallbacks(
                            () -> callbacks.execute(onLeading),
                            () -> {
                              if (!closing) {
                                onLost.run();
                              }
                            },
                            leader -> {}))
                    .build())
            .build()
            .start();
  }

  /**
   * Stands as a candidate, in the client's own namespace.
   *
   * @param name what the lease calls the candidate, before something that is its alone
   * @param onLeading is called, on a thread of its own, once this candidate holds the lease
   * @param onLost is called when it no longer does; not when it has given it back
   */
  public static Leadership campaign(
      KubernetesClient client, String name, Runnable onLeading, Runnable onLost) {
    return new Leadership(client, name, onLeading, onLost);
  }

  /** Gives the lease back, so that the next candidate need not wait for its end. */
  @Override
  public void close() {
    closing = true;
    callbacks.shutdown();
    election.cancel(true);
  }
}
