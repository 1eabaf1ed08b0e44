package io.propeller.benchmarks.fl;

import io.propeller.fl.aggregate.AggregationAlgorithm;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.aggregate.AggregationInput;
import io.propeller.fl.aggregate.WeightedUpdate;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Values;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Float32 updates of a million values, and the loop that any aggregation of them is measured by.
 */
final class Workload {
  static final int LENGTH = 1 << 20;
  static final int UPDATES = 100;
  static final AggregationAlgorithm FEDAVG =
      AggregationAlgorithms.of(List.of()).create("fedavg", Map.of());

  private Workload() {}

  static float[][] updates() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] updates = new float[UPDATES][LENGTH];
    for (float[] update : updates) {
      for (int i = 0; i < LENGTH; i++) {
        update[i] = (float) random.nextDouble(-1, 1);
      }
    }
    return updates;
  }

  /** Returns an input of equally many updates; a participant's number is its weight. */
  static AggregationInput input(int threads, IntFunction<Values> values) {
    var input = AggregationInput.builder().shape(ModelShape.vector(LENGTH)).threads(threads);
    for (int k = 0; k < UPDATES; k++) {
      input.addUpdates(
          WeightedUpdate.of(String.format(Locale.ROOT, "p%03d", k), k + 1L, values.apply(k)));
    }
    return input.build();
  }

  /** The baseline: {@code acc[i] += w * x[i]} over one update after the other, and nothing else. */
  static void bareLoop(float[] sum, float[][] updates) {
    for (int k = 0; k < updates.length; k++) {
      add(sum, updates[k], (k + 1f) / updates.length);
    }
  }

  private static void add(float[] sum, float[] update, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * update[i];
    }
  }
}
