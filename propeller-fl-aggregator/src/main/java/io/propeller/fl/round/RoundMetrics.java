package io.propeller.fl.round;

import com.google.common.collect.ImmutableSortedMap;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Ready;
import io.propeller.fl.update.Refusal;
import io.propeller.fl.update.TrainingMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The figures of a round.
 *
 * @param participants how many were asked
 * @param counted how many updates count
 * @param withdrawn how many participants were given up and did not contribute
 * @param clipped how many updates were cut down to the norm limit
 * @param refused messages that did not count, by reason, without zeros
 * @param loss the mean of the losses reported, weighted by samples
 * @param accuracy the mean of the accuracies reported, weighted by samples
 * @param seconds from the beginning to the end, or until now
 */
public record RoundMetrics(
    int participants,
    int counted,
    int withdrawn,
    int clipped,
    ImmutableSortedMap<Refusal.Reason, Integer> refused,
    OptionalDouble loss,
    OptionalDouble accuracy,
    double seconds) {
  private static final double MILLIS = 1_000;

  /** Returns the figures of a round as of a time. */
  public static RoundMetrics of(Round round, Instant now) {
    Duration elapsed = Duration.between(round.spec().openedAt(), end(round, now));
    return new RoundMetrics(
        round.spec().participants().size(),
        round.contributions().size(),
        (int)
            round.withdrawn().stream()
                .filter(one -> !round.contributions().containsKey(one))
                .count(),
        (int) round.contributions().values().stream().filter(Contribution::clipped).count(),
        round.refusals().counts(),
        weighted(round, TrainingMetrics::loss),
        weighted(round, TrainingMetrics::accuracy),
        elapsed.toMillis() / MILLIS);
  }

  private static Instant end(Round round, Instant now) {
    if (round.stage() instanceof Closed closed) {
      return closed.at();
    }
    return round.stage() instanceof Ready ready ? ready.at() : now;
  }

  private static OptionalDouble weighted(
      Round round, Function<TrainingMetrics, OptionalDouble> metric) {
    double weights = 0;
    double mean = 0;
    for (Contribution contribution : round.contributions().values()) {
      OptionalDouble value = metric.apply(contribution.metrics());
      if (value.isPresent()) {
        weights += contribution.weight();
        double share = contribution.weight() / weights;
        mean = mean * (1 - share) + value.getAsDouble() * share;
      }
    }
    return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean);
  }
}
