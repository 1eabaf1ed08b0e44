package io.propeller.fl.aggregate;

import com.google.common.collect.Range;
import io.propeller.fl.model.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Krum applied n − 2f times, each time without those chosen before; then, for each coordinate, the
 * mean of the n − 4f chosen values that are nearest to their median. Without weights.
 *
 * <p>El Mhamdi, Guerraoui and Rouault, "The hidden vulnerability of distributed learning in
 * Byzantium", ICML 2018, section 4.
 *
 * @param byzantine how many hostile participants to bear, f; needs n ≥ 4f + 3
 */
record Bulyan(int byzantine) implements AggregationAlgorithm {

  static Bulyan of(AggregationConfig config) {
    return new Bulyan(config.whole("byzantine", Range.closed(0, Krum.MAX_BYZANTINE), 1));
  }

  @Override
  public int minimumUpdates() {
    return 4 * byzantine + 3;
  }

  @Override
  public Aggregate aggregate(AggregationInput input) {
    double[][] distances = PairwiseDistances.squared(input.vectors(), input.threads());
    List<Integer> candidates = new ArrayList<>(IntStream.range(0, input.count()).boxed().toList());
    List<Values> chosen = new ArrayList<>();
    int count = input.count() - 2 * byzantine;
    while (chosen.size() < count) {
      Integer best = KrumScores.best(distances, candidates, byzantine);
      candidates.remove(best);
      chosen.add(input.vectors().get(best));
    }
    int kept = count - 2 * byzantine;
    return Aggregate.of(
        input.toModel(
            ColumnSorter.reduce(chosen, input.threads(), sorted -> nearMedian(sorted, kept))));
  }

  /**
   * Returns the mean of the values nearest to the median, which are neighbours in the sorted
   * column.
   */
  static double nearMedian(double[] sorted, int kept) {
    double median = ColumnSorter.median(sorted);
    int from = 0;
    int to = sorted.length;
    while (to - from > kept) {
      if (median - sorted[from] > sorted[to - 1] - median) {
        from++;
      } else {
        to--;
      }
    }
    return ColumnSorter.mean(sorted, from, to);
  }
}
