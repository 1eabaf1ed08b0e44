package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.RoundParticipantStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.api.v1.TrainingRoundStatus;
import io.propeller.operator.internal.placement.Gang;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.task.Federation.Company;
import io.propeller.operator.internal.task.TaskMapping;
import io.propeller.scheduler.model.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides with whom a Task of a round is placed: as many of the round's Tasks as it needs updates
 * are placed at once, so that two rounds that want the same workers do not each wait for what the
 * other has. Once one of them has run, each of the others is placed as it fits.
 *
 * <p>All that this rests on is in the status of the round and of its Tasks, and so it is the same
 * after a restart.
 */
final class RoundGang {

  private RoundGang() {}

  /**
   * Returns with whom a task is placed.
   *
   * @param task one of the round's that waits for a place
   * @param tasks finds Tasks as they are now
   */
  static Company of(Task task, TrainingRound round, Function<ResourceID, Optional<Task>> tasks) {
    TrainingRoundStatus status = round.getStatus();
    if (status == null || RoundStatuses.phase(round) == TrainingRoundPhase.PENDING) {
      return new Company.Awaited();
    }
    int quorum = round.getSpec().getRequiredUpdates();
    List<Task> all =
        status.getParticipants().stream()
            .flatMap(participant -> find(participant, round, tasks).stream())
            .toList();
    if (RoundStatuses.isOver(round)
        || status.getUpdatesReceived() > 0
        || all.stream().anyMatch(RoundGang::hasRun)) {
      return new Company.Alone();
    }
    Set<TaskId> waiting =
        Stream.concat(all.stream().filter(RoundGang::waits), Stream.of(task))
            .map(TaskMapping::id)
            .collect(Collectors.toUnmodifiableSet());
    if (waiting.size() < quorum) {
      return new Company.Awaited();
    }
    return quorum == 1
        ? new Company.Alone()
        : new Company.Together(new Gang(round.getMetadata().getUid(), waiting, quorum));
  }

  private static Optional<Task> find(
      RoundParticipantStatus participant,
      TrainingRound round,
      Function<ResourceID, Optional<Task>> tasks) {
    return Optional.ofNullable(participant.getTaskRef())
        .map(ObjectReference::getName)
        .flatMap(name -> tasks.apply(new ResourceID(name, round.getMetadata().getNamespace())))
        .filter(task -> Ownership.isOf(task, round));
  }

  private static boolean hasRun(Task task) {
    return task.getStatus() != null && task.getStatus().getAttempts() > 0;
  }

  private static boolean waits(Task task) {
    return task.phase() == TaskPhase.PENDING
        && !task.getSpec().isSuspend()
        && !task.isMarkedForDeletion();
  }
}
