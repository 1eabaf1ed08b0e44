package io.propeller.operator.internal.federated;

import io.propeller.api.v1.EarlyStopping;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobStatus;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundStatus;
import java.time.Instant;
import java.util.Optional;

/** What rounds that are over mean for their jobs. */
final class RoundResult {

  private RoundResult() {}

  /** Returns a job after a round that has its model: it goes on with the next, or is complete. */
  static FederatedJob completed(FederatedJob job, int number, TrainingRound round, Instant now) {
    TrainingRoundStatus result = round.getStatus();
    RoundSummary summary =
        JobStatuses.summary(number, result == null ? new TrainingRoundStatus() : result);
    EarlyStopping rule = job.getSpec().getEarlyStopping();
    FederatedJobStatus before = job.getStatus();
    RoundSummary best =
        rule == null
            ? null
            : EarlyStop.best(rule, before == null ? null : before.getBestRound(), summary);
    Optional<String> stopped =
        rule == null ? Optional.empty() : EarlyStop.reason(rule, best, summary);
    int total = job.getSpec().getRounds().getTotal();
    String end =
        number >= total || stopped.isPresent()
            ? stopped.orElse("%d of %d rounds are complete".formatted(number, total))
            : null;
    return JobStatuses.of(job, now)
        .completed(summary, round, best, end, stopped.isPresent() ? "EarlyStopped" : "Completed");
  }

  /** Returns a job after a round that has failed. */
  static FederatedJob failed(FederatedJob job, TrainingRound round, Instant now) {
    TrainingRoundStatus result = round.getStatus();
    String why =
        result == null
            ? ""
            : result.getConditions().stream()
                .filter(condition -> "Completed".equals(condition.getType()))
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .findFirst()
                .orElse("");
    return JobStatuses.of(job, now)
        .failed(
            round, "RoundFailed", "%s failed: %s".formatted(round.getMetadata().getName(), why));
  }
}
