package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.TrainingRound;
import io.propeller.operator.internal.federated.Participants.Choice;
import io.propeller.operator.internal.pod.Ownership;
import java.io.IOException;

/** Begins the rounds of FederatedJobs. */
final class NextRound {

  /** What came of the wish to begin a round. */
  sealed interface Beginning {

    /** It is there, and the job's own. */
    record Begun(TrainingRound round) implements Beginning {}

    /** It cannot begin yet, and why. */
    record Waits(String reason, String message) implements Beginning {}

    /** It never can, and why. */
    record Refused(String reason, String message) implements Beginning {}
  }

  private final FederatedState state;
  private final Participants participants;

  NextRound(FederatedState state, Participants participants) {
    this.state = state;
    this.participants = participants;
  }

  /** Begins a round of a job, if it can. */
  Beginning begin(FederatedJob job, int number, Context<FederatedJob> context) {
    Choice choice;
    try {
      choice = participants.choose(job, number);
    } catch (IllegalArgumentException e) {
      return new Beginning.Refused("InvalidSpec", "spec.participantSelector: " + e.getMessage());
    }
    if (choice instanceof Choice.Missing missing) {
      return new Beginning.Waits(missing.reason(), missing.message());
    }
    TrainingRound round;
    try {
      round =
          Creation.createOrFind(
              JobRounds.round(job, number, ((Choice.Chosen) choice).names()), context.getClient());
    } catch (KubernetesClientException e) {
      if (!FederatedState.isRefusal(e)) {
        throw e;
      }
      return new Beginning.Refused("InvalidRound", String.valueOf(e.getMessage()));
    }
    return Ownership.isOf(round, job)
        ? new Beginning.Begun(round)
        : new Beginning.Refused(
            "NameTaken",
            "there is a TrainingRound %s already, and it is somebody else's: delete it, or give this job another name"
                .formatted(round.getMetadata().getName()));
  }

  /**
   * Deletes the rounds that the history does not tell of any more.
   *
   * @param number the round that goes on
   * @throws IOException if the store cannot be written
   */
  void tidy(FederatedJob job, int number, Context<FederatedJob> context) throws IOException {
    for (TrainingRound old : context.getSecondaryResources(TrainingRound.class)) {
      if (Ownership.isOf(old, job)
          && RoundStatuses.isOver(old)
          && JobRounds.number(old) < number - JobStatuses.HISTORY) {
        context.getClient().resource(old).delete();
        state.discard(old);
      }
    }
  }
}
