package io.propeller.fl.aggregate;

import com.google.common.collect.Range;
import io.propeller.fl.model.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The update that lies closest to its n − f − 2 nearest neighbours; or the mean of the several that
 * do (multi-Krum). Without weights.
 *
 * <p>Blanchard, El Mhamdi, Guerraoui and Stainer, "Machine learning with adversaries: Byzantine
 * tolerant gradient descent", NeurIPS 2017, section 4 and, for multi-Krum, section 7.
 *
 * @param byzantine how many hostile participants to bear, f; needs n ≥ 2f + 3
 * @param selected how many to take the mean of, m; 0 for as many as is safe, n − f − 2
 */
record Krum(int byzantine, int selected) implements AggregationAlgorithm {
  static final int MAX_BYZANTINE = 10_000;

  static Krum of(AggregationConfig config, boolean multi) {
    int byzantine = config.whole("byzantine", Range.closed(0, MAX_BYZANTINE), 1);
    return new Krum(
        byzantine, multi ? config.whole("selected", Range.closed(1, MAX_BYZANTINE), 0) : 1);
  }

  @Override
  public int minimumUpdates() {
    return Math.max(2 * byzantine + 3, selected + byzantine + 2);
  }

  @Override
  public Aggregate aggregate(AggregationInput input) {
    int n = input.count();
    double[][] distances = PairwiseDistances.squared(input.vectors(), input.threads());
    List<Integer> all = IntStream.range(0, n).boxed().toList();
    double[] scores =
        all.stream().mapToDouble(k -> KrumScores.score(distances[k], k, all, byzantine)).toArray();
    List<Integer> ranking = new ArrayList<>(all);
    ranking.sort(Comparator.comparingDouble(k -> scores[k]));
    int m = selected == 0 ? n - byzantine - 2 : selected;
    List<Values> chosen =
        ranking.stream().limit(m).sorted().map(k -> input.vectors().get(k)).toList();
    long[] equal = new long[m];
    Arrays.fill(equal, 1);
    return Aggregate.of(input.toModel(WeightedMean.of(chosen, equal, input.threads())));
  }
}
