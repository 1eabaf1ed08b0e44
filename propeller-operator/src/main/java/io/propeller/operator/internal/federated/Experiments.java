package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.operator.internal.pod.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The FederatedJobs and TrainingRounds that there are. Safe for use by any thread. */
final class Experiments {

  private volatile @Nullable IndexedResourceCache<FederatedJob> jobs;
  private volatile @Nullable IndexedResourceCache<TrainingRound> rounds;

  void jobs(IndexedResourceCache<FederatedJob> cache) {
    jobs = cache;
  }

  void rounds(IndexedResourceCache<TrainingRound> cache) {
    rounds = cache;
  }

  /** Returns the job of that name. */
  Optional<FederatedJob> job(String namespace, String name) {
    return find(jobs, namespace, name);
  }

  /** Returns the round of that name. */
  Optional<TrainingRound> round(String namespace, String name) {
    return find(rounds, namespace, name);
  }

  /** Returns the round that owns a task; empty if it is gone. */
  Optional<TrainingRound> round(Task task, OwnerReference owner) {
    return round(task.getMetadata().getNamespace(), owner.getName())
        .filter(round -> round.getMetadata().getUid().equals(owner.getUid()));
  }

  /** Returns all jobs. */
  List<FederatedJob> jobs() {
    IndexedResourceCache<FederatedJob> cache = jobs;
    return cache == null ? List.of() : cache.list().toList();
  }

  /** Returns whether there is a round of that UID that is not over. */
  boolean isUnderWay(String namespace, String uid) {
    return rounds()
        .filter(round -> round.getMetadata().getUid().equals(uid))
        .filter(round -> round.getMetadata().getNamespace().equals(namespace))
        .anyMatch(round -> !RoundStatuses.isOver(round));
  }

  /** Returns all rounds. */
  Stream<TrainingRound> rounds() {
    IndexedResourceCache<TrainingRound> cache = rounds;
    return cache == null ? Stream.empty() : cache.list();
  }

  /** Returns the job that made a round; empty if somebody else did, or it is gone. */
  Optional<FederatedJob> owner(TrainingRound round) {
    return named(round).filter(job -> Ownership.isOf(round, job));
  }

  /** Returns the job that a round names, whoever made the round. */
  Optional<FederatedJob> named(TrainingRound round) {
    String name = round.getSpec().getFederatedJobRef().getName();
    return name == null || name.isEmpty()
        ? Optional.empty()
        : job(round.getMetadata().getNamespace(), name);
  }

  /** Returns whether a FederatedJob made a round, whether that is there or not. */
  static boolean isOwned(TrainingRound round) {
    return round.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getKind().equals("FederatedJob"));
  }

  private static <R extends HasMetadata> Optional<R> find(
      @Nullable IndexedResourceCache<R> cache, String namespace, String name) {
    return cache == null ? Optional.empty() : cache.get(new ResourceID(name, namespace));
  }
}
