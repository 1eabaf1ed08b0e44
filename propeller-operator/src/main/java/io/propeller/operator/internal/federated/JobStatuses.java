package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.Condition;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobBuilder;
import io.propeller.api.v1.FederatedJobStatus;
import io.propeller.api.v1.FederatedJobStatusBuilder;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.ParticipantStatus;
import io.propeller.api.v1.RoundParticipantStatus;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundStatus;
import io.propeller.operator.internal.event.ConditionNews;
import io.propeller.operator.internal.event.Happening;
import io.propeller.operator.internal.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a FederatedJob's status: each returns the job with the status after the step. */
final class JobStatuses {

  /** How many rounds the history tells of. */
  static final int HISTORY = 50;

  private final FederatedJob job;
  private final FederatedJobStatus status;
  private final Conditions conditions;

  private JobStatuses(FederatedJob job, Instant now) {
    this.job = job;
    this.status =
        job.getStatus() == null
            ? new FederatedJobStatus()
            : new FederatedJobStatusBuilder(job.getStatus()).build();
    this.conditions = Conditions.of(job, status.getConditions(), now);
  }

  /** Begins a step at that time. */
  static JobStatuses of(FederatedJob job, Instant now) {
    return new JobStatuses(job, now);
  }

  /** Returns the phase of a job. */
  static JobPhase phase(FederatedJob job) {
    FederatedJobStatus status = job.getStatus();
    JobPhase phase = status == null ? null : status.getPhase();
    return phase == null ? JobPhase.PENDING : phase;
  }

  /** Returns the number of the round that goes on, or is to begin. */
  static int current(FederatedJob job) {
    FederatedJobStatus status = job.getStatus();
    return status == null ? 1 : Math.max(1, status.getCurrentRound());
  }

  /** Returns what a change of the status tells those who look after the job, if anything. */
  static Optional<Happening> happening(FederatedJob before, FederatedJob after) {
    return ConditionNews.between(
        conditions(before), conditions(after), phase(after) == JobPhase.FAILED);
  }

  private static List<Condition> conditions(FederatedJob job) {
    FederatedJobStatus status = job.getStatus();
    return status == null ? List.of() : status.getConditions();
  }

  /** Returns what came of a round that is over. */
  static RoundSummary summary(int number, TrainingRoundStatus round) {
    RoundSummary summary = new RoundSummary();
    summary.setRound(number);
    summary.setUpdates(round.getUpdatesReceived());
    summary.setLoss(round.getLoss());
    summary.setAccuracy(round.getAccuracy());
    Instant start = round.getStartTime();
    Instant end = round.getEndTime();
    summary.setSeconds(start == null || end == null ? 0 : Duration.between(start, end).toSeconds());
    return summary;
  }

  /** It cannot go on yet, and why. */
  FederatedJob waiting(String reason, String message) {
    conditions.set("Accepted", false, reason, message);
    return in(phase(job));
  }

  /** A round goes on. */
  FederatedJob running(int number, TrainingRound round) {
    status.setCurrentRound(number);
    status.setParticipants(participants(round));
    conditions.set("Accepted", true, "Accepted", "the job can be carried out");
    conditions.set(
        "Completed",
        false,
        "RoundStarted",
        "round %d of %d goes on".formatted(number, job.getSpec().getRounds().getTotal()));
    return in(JobPhase.RUNNING);
  }

  /**
   * A round is over and its model there.
   *
   * @param best the best round so far, where that is asked for
   * @param end why the experiment is over; null if another round follows
   */
  FederatedJob completed(
      RoundSummary summary,
      TrainingRound round,
      @Nullable RoundSummary best,
      @Nullable String end,
      String reason) {
    List<RoundSummary> history = new ArrayList<>(status.getHistory());
    history.removeIf(one -> one.getRound() == summary.getRound());
    history.add(summary);
    status.setHistory(
        List.copyOf(history.subList(Math.max(0, history.size() - HISTORY), history.size())));
    status.setCompletedRounds(summary.getRound());
    status.setBestRound(best);
    status.setParticipants(participants(round));
    TrainingRoundStatus result = round.getStatus();
    status.setAggregatedModelRef(result == null ? null : result.getAggregatedModelRef());
    if (end == null) {
      status.setCurrentRound(summary.getRound() + 1);
      conditions.set(
          "Completed",
          false,
          "RoundCompleted",
          "round %d of %d made %s"
              .formatted(
                  summary.getRound(),
                  job.getSpec().getRounds().getTotal(),
                  status.getAggregatedModelRef()));
      return in(JobPhase.RUNNING);
    }
    status.setCurrentRound(summary.getRound());
    conditions.set("Completed", true, reason, end);
    return in(JobPhase.COMPLETED);
  }

  /** It can never be carried out, and why. */
  FederatedJob refused(String reason, String message) {
    conditions.set("Accepted", false, reason, message);
    conditions.set("Completed", false, reason, message);
    return in(JobPhase.FAILED);
  }

  /** It has failed with a round. */
  FederatedJob failed(TrainingRound round, String reason, String message) {
    status.setParticipants(participants(round));
    conditions.set("Completed", false, reason, message);
    return in(JobPhase.FAILED);
  }

  private List<ParticipantStatus> participants(TrainingRound round) {
    Map<String, ParticipantStatus> before = new HashMap<>();
    status.getParticipants().forEach(one -> before.put(one.getPropletId(), one));
    Map<String, RoundParticipantStatus> known = new HashMap<>();
    TrainingRoundStatus result = round.getStatus();
    Instant end = result == null ? null : result.getEndTime();
    if (result != null) {
      result.getParticipants().forEach(one -> known.put(one.getPropletId(), one));
    }
    List<ParticipantStatus> participants = new ArrayList<>();
    round.getSpec().getParticipants().stream()
        .distinct()
        .forEach(
            proplet -> {
              RoundParticipantStatus one = known.get(proplet);
              ParticipantStatus last = before.get(proplet);
              ParticipantStatus participant = new ParticipantStatus();
              participant.setPropletId(proplet);
              participant.setStatus(one == null ? "Asked" : one.getStatus());
              participant.setLastUpdate(
                  one != null && one.isUpdateReceived() && end != null
                      ? end
                      : last == null ? null : last.getLastUpdate());
              participants.add(participant);
            });
    return participants;
  }

  private FederatedJob in(JobPhase phase) {
    status.setPhase(phase);
    status.setConditions(conditions.list());
    status.setObservedGeneration(job.getMetadata().getGeneration());
    return new FederatedJobBuilder(job).withStatus(status).build();
  }
}
