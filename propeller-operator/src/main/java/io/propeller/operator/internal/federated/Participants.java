package io.propeller.operator.internal.federated;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobSpec;
import io.propeller.api.v1.Participant;
import io.propeller.api.v1.PropletSelector;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.task.TaskMapping;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import java.util.List;

/** Finds who takes part in a round. Safe for use by any thread. */
final class Participants {

  /** Who takes part, or why the round cannot begin yet. */
  sealed interface Choice {

    /** These, by the names of their Proplets. */
    record Chosen(List<String> names) implements Choice {}

    /** Nobody yet, and why. */
    record Missing(String reason, String message) implements Choice {}
  }

  private final PropletDirectory proplets;
  private final Placements placements;

  Participants(PropletDirectory proplets, Placements placements) {
    this.proplets = proplets;
    this.placements = placements;
  }

  /**
   * Chooses for a round: those that the job names; or of the Proplets that run, may be given tasks
   * and match its selector, as many as it asks for, drawn anew for each round.
   *
   * @throws IllegalArgumentException if the selector cannot be read; the message names the field
   * @see Draw
   */
  Choice choose(FederatedJob job, int round) {
    FederatedJobSpec spec = job.getSpec();
    return spec.getParticipantSelector() == null
        ? named(job, round)
        : drawn(job, round, spec.getParticipantSelector());
  }

  private Choice named(FederatedJob job, int round) {
    List<Participant> participants = job.getSpec().getParticipants();
    // Later one may be gone for good, and the round says whether the others are enough.
    for (int i = 0; round == 1 && i < participants.size(); i++) {
      String name = participants.get(i).getPropletId();
      String namespace = job.getMetadata().getNamespace();
      if (proplets.find(new ResourceID(name, namespace)).isEmpty()) {
        return new Choice.Missing(
            "UnknownParticipant",
            "spec.participants[%d].propletId is '%s', and namespace %s has no Proplet of that name that this operator serves"
                .formatted(i, name, namespace));
      }
    }
    return new Choice.Chosen(participants.stream().map(Participant::getPropletId).toList());
  }

  private Choice drawn(FederatedJob job, int round, PropletSelector selector) {
    FederatedJobSpec spec = job.getSpec();
    TaskRequest request =
        TaskRequest.builder()
            .id(TaskId.of(job.getMetadata().getUid()))
            .selector(TaskMapping.selector(selector))
            .build();
    Placements.Fit fit = placements.fit(job.getMetadata().getNamespace(), request).join();
    List<String> fitting = fit.workers().stream().map(WorkerId::value).toList();
    if (fitting.size() < spec.getRequiredUpdates()) {
      return new Choice.Missing(
          "TooFewParticipants",
          "spec.kOfN is %d, and spec.participantSelector finds fewer: %s"
              .formatted(
                  spec.getRequiredUpdates(),
                  fit.refusal().map(NotPlaced::message).orElse("there is no Proplet")));
    }
    Integer count = spec.getParticipantCount();
    return new Choice.Chosen(
        Draw.participants(
            job.getMetadata().getUid(),
            round,
            fitting,
            count == null ? spec.getRequiredUpdates() : count));
  }
}
