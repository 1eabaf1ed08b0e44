package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.EarlyStopping;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.StoppingMetric;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EarlyStopTest {

  @Property
  void it_stops_patience_rounds_after_the_last_improvement(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1) Double> losses,
      @ForAll @IntRange(min = 1, max = 6) int patience) {
    EarlyStopping rule = rule(StoppingMetric.LOSS, patience, 0.05);
    RoundSummary best = null;
    int lastImprovement = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < losses.size(); i++) {
      RoundSummary round = round(i + 1, losses.get(i), null);
      best = EarlyStop.best(rule, best, round);
      if (least - losses.get(i) > 0.05) {
        least = losses.get(i);
        lastImprovement = i + 1;
      }
      assertThat(best == null ? 0 : best.getRound()).isEqualTo(lastImprovement);
      boolean stops = EarlyStop.reason(rule, best, round).isPresent();
      assertThat(stops).isEqualTo(i + 1 - lastImprovement >= patience);
      if (stops) {
        return;
      }
    }
  }

  @Test
  void a_round_that_reports_nothing_is_no_improvement() {
    EarlyStopping rule = rule(StoppingMetric.ACCURACY, 2, 0);
    assertThat(EarlyStop.best(rule, null, round(1, 0.5, null))).isNull();
    assertThat(EarlyStop.reason(rule, null, round(1, 0.5, null))).isEmpty();
    assertThat(EarlyStop.reason(rule, null, round(2, 0.5, null)))
        .contains("no round has reported its accuracy");
  }

  @Test
  void a_target_is_reached_from_its_side() {
    EarlyStopping loss = rule(StoppingMetric.LOSS, 3, 0);
    loss.setTarget(0.2);
    RoundSummary round = round(1, 0.2, 0.9);
    assertThat(EarlyStop.reason(loss, round, round))
        .contains("loss 0.2 of round 1 reaches spec.earlyStopping.target 0.2");
    EarlyStopping accuracy = rule(StoppingMetric.ACCURACY, 3, 0);
    accuracy.setTarget(0.95);
    assertThat(EarlyStop.reason(accuracy, round, round)).isEmpty();
  }

  private static EarlyStopping rule(StoppingMetric metric, int patience, double minDelta) {
    EarlyStopping rule = new EarlyStopping();
    rule.setMetric(metric);
    rule.setPatience(patience);
    rule.setMinDelta(minDelta);
    return rule;
  }

  private static RoundSummary round(int number, @Nullable Double loss, @Nullable Double accuracy) {
    RoundSummary round = new RoundSummary();
    round.setRound(number);
    round.setLoss(loss);
    round.setAccuracy(accuracy);
    return round;
  }
}
