package io.propeller.operator.internal.federated;

import io.propeller.api.v1.EarlyStopping;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.StoppingMetric;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether an experiment is good enough, or no longer gets better. */
final class EarlyStop {

  private EarlyStop() {}

  /** Returns the best round so far: the one before, unless this one is better by enough. */
  static @Nullable RoundSummary best(
      EarlyStopping rule, @Nullable RoundSummary before, RoundSummary round) {
    Double value = value(rule, round);
    if (value == null || !Double.isFinite(value)) {
      return before;
    }
    Double least = before == null ? null : value(rule, before);
    return least == null || gain(rule, least, value) > rule.getMinDelta() ? round : before;
  }

  /**
   * Returns why the experiment stops after a round; empty if it goes on.
   *
   * @param best the best round so far, this one included; null if none reported the metric
   */
  static Optional<String> reason(
      EarlyStopping rule, @Nullable RoundSummary best, RoundSummary round) {
    String metric = rule.getMetric().name().toLowerCase(Locale.ROOT);
    Double value = value(rule, round);
    Double target = rule.getTarget();
    if (target != null && value != null && gain(rule, target, value) >= 0) {
      return Optional.of(
          "%s %s of round %d reaches spec.earlyStopping.target %s"
              .formatted(metric, value, round.getRound(), target));
    }
    int since = best == null ? 0 : best.getRound();
    return round.getRound() - since >= rule.getPatience()
        ? Optional.of(
            best == null
                ? "no round has reported its %s".formatted(metric)
                : "%s %s of round %d was the best for %d rounds"
                    .formatted(metric, value(rule, best), since, rule.getPatience()))
        : Optional.empty();
  }

  private static @Nullable Double value(EarlyStopping rule, RoundSummary round) {
    return rule.getMetric() == StoppingMetric.LOSS ? round.getLoss() : round.getAccuracy();
  }

  /** Returns by how much a value is better than another. */
  private static double gain(EarlyStopping rule, double than, double value) {
    return rule.getMetric() == StoppingMetric.LOSS ? than - value : value - than;
  }
}
