package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.propeller.api.v1.RoundParticipantStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundBuilder;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.api.v1.TrainingRoundStatus;
import io.propeller.api.v1.TrainingRoundStatusBuilder;
import io.propeller.fl.round.Round;
import io.propeller.fl.round.RoundMetrics;
import io.propeller.operator.internal.event.ConditionNews;
import io.propeller.operator.internal.event.Happening;
import io.propeller.operator.internal.status.Conditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The steps of a TrainingRound's status: each returns the round with the status after the step. */
final class RoundStatuses {

  private final TrainingRound round;
  private final Instant now;
  private final TrainingRoundStatus status;
  private final Conditions conditions;

  private RoundStatuses(TrainingRound round, Instant now) {
    this.round = round;
    this.now = now;
    this.status =
        round.getStatus() == null
            ? new TrainingRoundStatus()
            : new TrainingRoundStatusBuilder(round.getStatus()).build();
    this.conditions = Conditions.of(round, status.getConditions(), now);
  }

  /** Begins a step at that time. */
  static RoundStatuses of(TrainingRound round, Instant now) {
    return new RoundStatuses(round, now);
  }

  /** Returns the phase of a round. */
  static TrainingRoundPhase phase(TrainingRound round) {
    TrainingRoundStatus status = round.getStatus();
    TrainingRoundPhase phase = status == null ? null : status.getPhase();
    return phase == null ? TrainingRoundPhase.PENDING : phase;
  }

  /** Returns whether a round is over. */
  static boolean isOver(TrainingRound round) {
    return phase(round).isTerminal();
  }

  /** Returns whether the status of a round says that an update of a participant counts. */
  static boolean isCounted(TrainingRound round, String proplet) {
    TrainingRoundStatus status = round.getStatus();
    return status != null
        && status.getParticipants().stream()
            .anyMatch(one -> one.getPropletId().equals(proplet) && one.isUpdateReceived());
  }

  /** Returns what a change of the status tells those who look after the round, if anything. */
  static Optional<Happening> happening(TrainingRound before, TrainingRound after) {
    return ConditionNews.between(
        conditions(before), conditions(after), phase(after) == TrainingRoundPhase.FAILED);
  }

  private static List<Condition> conditions(TrainingRound round) {
    TrainingRoundStatus status = round.getStatus();
    return status == null ? List.of() : status.getConditions();
  }

  /** It cannot begin yet, and why. */
  TrainingRound waiting(String reason, String message) {
    conditions.set("Started", false, reason, message);
    return in(TrainingRoundPhase.PENDING);
  }

  /** It can never begin, and why. */
  TrainingRound refused(String reason, String message) {
    status.setEndTime(now);
    conditions.set("Completed", false, reason, message);
    return in(TrainingRoundPhase.FAILED);
  }

  /**
   * It goes on.
   *
   * @param tasks its tasks, by participant
   */
  TrainingRound running(OpenRound open, Map<String, Task> tasks) {
    figures(open, tasks);
    status.setStartTime(open.round().spec().openedAt());
    conditions.set("Started", true, "TasksMade", "its participants are asked");
    return in(TrainingRoundPhase.RUNNING);
  }

  /** Its updates are complete. */
  TrainingRound aggregating(OpenRound open, Map<String, Task> tasks) {
    figures(open, tasks);
    return in(TrainingRoundPhase.AGGREGATING);
  }

  /** It has its model. */
  TrainingRound completed(OpenRound open, Map<String, Task> tasks, ModelRef model, Instant at) {
    figures(open, tasks);
    status.setEndTime(at);
    status.setAggregatedModelRef(model.toString());
    conditions.set(
        "Completed",
        true,
        "Aggregated",
        "%d updates became %s".formatted(open.round().contributions().size(), model));
    return in(TrainingRoundPhase.COMPLETED);
  }

  /** It has failed, and why. */
  TrainingRound failed(
      OpenRound open, Map<String, Task> tasks, String reason, String message, Instant at) {
    figures(open, tasks);
    status.setEndTime(at);
    conditions.set("Completed", false, reason, message);
    return in(TrainingRoundPhase.FAILED);
  }

  private void figures(OpenRound open, Map<String, Task> tasks) {
    Round counted = open.round();
    RoundMetrics metrics = RoundMetrics.of(counted, now);
    status.setUpdatesReceived(metrics.counted());
    status.setUpdatesRequired(counted.spec().quorum());
    Map<String, Integer> refused = new LinkedHashMap<>();
    metrics
        .refused()
        .forEach((reason, count) -> refused.put(reason.name().toLowerCase(Locale.ROOT), count));
    status.setUpdatesRefused(refused);
    status.setLoss(value(metrics.loss()));
    status.setAccuracy(value(metrics.accuracy()));
    List<RoundParticipantStatus> participants = new ArrayList<>();
    round.getSpec().getParticipants().stream()
        .distinct()
        .forEach(
            proplet ->
                participants.add(
                    participant(open, proplet, Optional.ofNullable(tasks.get(proplet)))));
    status.setParticipants(participants);
  }

  private RoundParticipantStatus participant(OpenRound open, String proplet, Optional<Task> task) {
    RoundParticipantStatus participant = new RoundParticipantStatus();
    participant.setPropletId(proplet);
    participant.setUpdateReceived(open.isCounted(proplet));
    participant.setStatus(word(open, proplet, task));
    task.ifPresent(
        one ->
            participant.setTaskRef(
                new ObjectReferenceBuilder()
                    .withApiVersion(one.getApiVersion())
                    .withKind(one.getKind())
                    .withName(one.getMetadata().getName())
                    .withUid(one.getMetadata().getUid())
                    .build()));
    return participant;
  }

  private static String word(OpenRound open, String proplet, Optional<Task> task) {
    if (open.isCounted(proplet)) {
      return "Counted";
    }
    if (task.filter(one -> one.phase() == TaskPhase.FAILED).isPresent()) {
      return "Failed";
    }
    if (open.isWithdrawn(proplet)) {
      return "Lost";
    }
    if (!open.round().stage().accepts()) {
      return "Stopped";
    }
    return task.filter(one -> one.phase() == TaskPhase.RUNNING).isPresent()
        ? "Training"
        : "Waiting";
  }

  private static @Nullable Double value(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private TrainingRound in(TrainingRoundPhase phase) {
    status.setPhase(phase);
    status.setConditions(conditions.list());
    status.setObservedGeneration(round.getMetadata().getGeneration());
    return new TrainingRoundBuilder(round).withStatus(status).build();
  }
}
