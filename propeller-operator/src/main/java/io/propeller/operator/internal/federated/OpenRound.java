package io.propeller.operator.internal.federated;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.fl.Admission;
import io.propeller.fl.MessageOrigin;
import io.propeller.fl.RoundCoordinator;
import io.propeller.fl.round.Round;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.Refusal;
import io.propeller.fl.update.RoundId;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A round whose updates are taken.
 *
 * @param id its resource
 * @param uid its resource's UID
 * @param experiment what tasks are told as {@code FL_JOB_ID}
 * @param model the model of which it makes a version
 * @param name what that model is called in references
 * @param environment what every task of it finds in its environment
 * @param passed what tasks find there besides when they are sent: it may be large
 * @param coordinator what counts the updates
 */
record OpenRound(
    ResourceID id,
    String uid,
    String experiment,
    StoreName model,
    String name,
    Map<String, String> environment,
    Map<String, String> passed,
    RoundCoordinator coordinator) {

  /** Copies what it is given. */
  OpenRound {
    environment = Map.copyOf(environment);
    passed = Map.copyOf(passed);
  }

  String namespace() {
    return id.getNamespace().orElse("");
  }

  Round round() {
    return coordinator.round();
  }

  RoundId roundId() {
    return round().spec().id();
  }

  /**
   * Lets time pass.
   *
   * @throws IOException if what follows from that cannot be stored; then nothing has changed
   */
  void advance(Instant now) throws IOException {
    Round counted = round();
    if (!counted.at(now).stage().equals(counted.stage())) {
      var unused = coordinator.tick();
    }
  }

  boolean hasParticipant(String proplet) {
    return ParticipantIds.of(proplet).filter(round().spec().participants()::contains).isPresent();
  }

  /** Returns whether an update of a participant counts. */
  boolean isCounted(String proplet) {
    return ParticipantIds.of(proplet).filter(round().contributions()::containsKey).isPresent();
  }

  /** Returns whether nothing is expected of a participant any more. */
  boolean isWithdrawn(String proplet) {
    return ParticipantIds.of(proplet).filter(round().withdrawn()::contains).isPresent();
  }

  /**
   * Takes a message of a participant; one that says that it failed is the last that is expected.
   *
   * @throws IOException if it cannot be stored now
   */
  Admission offer(byte[] message, String proplet) throws IOException {
    Optional<ParticipantId> sender = ParticipantIds.of(proplet);
    Admission admission =
        coordinator.offer(message, new MessageOrigin(sender, Optional.of(roundId())));
    if (admission instanceof Admission.Refused refused
        && refused.refusal().reason() == Refusal.Reason.WORKER_ERROR) {
      withdraw(proplet);
    }
    return admission;
  }

  /**
   * Gives a participant up.
   *
   * @throws IOException if that cannot be stored now
   */
  void withdraw(String proplet) throws IOException {
    ParticipantId participant = ParticipantIds.of(proplet).orElse(null);
    if (participant != null && round().spec().participants().contains(participant)) {
      coordinator.withdraw(participant);
    }
  }

  /** What participants are called in a round: by the names of their Proplets. */
  static final class ParticipantIds {
    private ParticipantIds() {}

    static Optional<ParticipantId> of(String proplet) {
      try {
        return Optional.of(ParticipantId.of(proplet));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
