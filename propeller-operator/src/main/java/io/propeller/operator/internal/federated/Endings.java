package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.fl.Admission;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.operator.internal.task.Federation.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what the Tasks of rounds have come to. Safe for use by any thread. */
final class Endings {

  private static final Ending COUNTED = Ending.counted("its update counts");

  private final FederatedState state;
  private final Consumer<ResourceID> wakeRound;

  Endings(FederatedState state, Consumer<ResourceID> wakeRound) {
    this.state = state;
    this.wakeRound = wakeRound;
  }

  /** Returns the round that a task was made by; empty if none was. */
  static Optional<OwnerReference> roundOf(Task task) {
    return task.getMetadata().getOwnerReferences().stream()
        .filter(owner -> owner.getKind().equals("TrainingRound"))
        .findFirst();
  }

  /**
   * Returns what a task has come to, if that is known.
   *
   * @throws UncheckedIOException if its result cannot be stored now
   */
  Optional<Ending> of(Task task, Optional<Result> result) {
    OwnerReference owner = roundOf(task).orElse(null);
    String proplet = RoundTasks.participant(task).orElse(null);
    if (isFinished(task) || owner == null || proplet == null) {
      return Optional.empty();
    }
    Optional<OpenRound> round = state.rounds().find(owner.getUid());
    if (round.isEmpty()) {
      return withoutRound(task, owner, proplet, result);
    }
    return result.isPresent()
        ? Optional.of(taken(round.get(), proplet, result.get()))
        : silent(task, round.get(), proplet);
  }

  private static boolean isFinished(Task task) {
    TaskPhase phase = task.phase();
    return phase == TaskPhase.COMPLETED || phase == TaskPhase.FAILED || phase == TaskPhase.SKIPPED;
  }

  private Ending taken(OpenRound round, String proplet, Result result) {
    String refused = result.error().orElse("the result is not an update of a federated round");
    if (result.error().isEmpty() && result.output() instanceof TaskOutput.Federated federated) {
      try {
        Admission admission =
            state.rounds().offer(round, Envelopes.bytes(federated.update()), proplet);
        if (admission instanceof Admission.Refused no) {
          refused =
              "the update does not count: %s: %s"
                  .formatted(no.refusal().reason(), no.refusal().detail());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("an update cannot be kept", e);
      }
    }
    return round.isCounted(proplet) ? COUNTED : Ending.failed(refused);
  }

  /** Some workers say all that they have to say to the round, and no word to their task. */
  private static Optional<Ending> silent(Task task, OpenRound round, String proplet) {
    if (round.isCounted(proplet)) {
      // The word comes as a rule, and to stop a worker that is about to say it would be rude.
      boolean speaks = task.phase() == TaskPhase.RUNNING && round.round().stage().accepts();
      return speaks ? Optional.empty() : Optional.of(COUNTED);
    }
    return round.isWithdrawn(proplet)
        ? Optional.of(Ending.failed("its round does not wait for it any more"))
        : Optional.empty();
  }

  private Optional<Ending> withoutRound(
      Task task, OwnerReference owner, String proplet, Optional<Result> result) {
    if (!state.isReady()) {
      return Optional.empty();
    }
    Optional<TrainingRound> found = state.experiments().round(task, owner);
    if (found.isEmpty()) {
      return Optional.of(Ending.failed("TrainingRound " + owner.getName() + " is gone"));
    }
    if (!RoundStatuses.isOver(found.get())) {
      wakeRound.accept(ResourceID.fromResource(found.get()));
      return Optional.empty();
    }
    if (RoundStatuses.isCounted(found.get(), proplet)) {
      return Optional.of(COUNTED);
    }
    return result.map(
        late ->
            Ending.failed(
                late.error()
                    .orElse("the update does not count: LATE: " + owner.getName() + " is over")));
  }
}
