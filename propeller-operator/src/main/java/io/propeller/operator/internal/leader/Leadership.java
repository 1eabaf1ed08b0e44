package io.propeller.operator.internal.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A candidacy for the lease that only one operator holds. */
public final class Leadership implements AutoCloseable {

  private static final String LEASE = "propeller-operator";
  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  private final CompletableFuture<?> election;

  private Leadership(CompletableFuture<?> election) {
    this.election = election;
  }

  /**
   * Stands as a candidate, in the client's own namespace.
   *
   * @param onLeading is called once this candidate holds the lease
   * @param onLost is called when it no longer does
   */
  public static Leadership campaign(KubernetesClient client, Runnable onLeading, Runnable onLost) {
    String namespace = client.getNamespace() == null ? "default" : client.getNamespace();
    return new Leadership(
        client
            .leaderElector()
            .withConfig(
                new LeaderElectionConfigBuilder()
                    .withName(LEASE)
                    .withLock(new LeaseLock(namespace, LEASE, UUID.randomUUID().toString()))
                    .withLeaseDuration(LEASE_DURATION)
                    .withRenewDeadline(RENEW_DEADLINE)
                    .withRetryPeriod(RETRY_PERIOD)
                    .withReleaseOnCancel(true)
                    .withLeaderCallbacks(new LeaderCallbacks(onLeading, onLost, leader -> {}))
                    .build())
            .build()
            .start());
  }

  /** Gives the lease back, so that the next candidate need not wait for its end. */
  @Override
  public void close() {
    election.cancel(true);
  }
}
