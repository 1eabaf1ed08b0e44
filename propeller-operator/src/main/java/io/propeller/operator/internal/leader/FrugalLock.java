package io.propeller.operator.internal.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is looked at often, so that a lease which was given back is taken at once, and
 * renewed no more often than it needs to be.
 */
final class FrugalLock implements Lock {

  private final Lock lock;
  private final Duration renewEvery;
  private @Nullable ZonedDateTime renewed;

  /** Makes a lock of one that is renewed each time that it is asked to be. */
  FrugalLock(Lock lock, Duration renewEvery) {
    this.lock = lock;
    this.renewEvery = renewEvery;
  }

  @Override
  public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
    boolean ours = lock.identity().equals(record.getHolderIdentity());
    if (ours && renewed != null && record.getRenewTime().isBefore(renewed.plus(renewEvery))) {
      return;
    }
    lock.update(client, record);
    renewed = ours ? record.getRenewTime() : null;
  }

  @Override
  public synchronized void create(KubernetesClient client, LeaderElectionRecord record) {
    lock.create(client, record);
    renewed = record.getRenewTime();
  }

  @Override
  public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
    LeaderElectionRecord record = lock.get(client);
    if (record == null || !lock.identity().equals(record.getHolderIdentity())) {
      renewed = null;
    }
    return record;
  }

  @Override
  public String identity() {
    return lock.identity();
  }

  @Override
  public String describe() {
    return lock.describe();
  }
}
