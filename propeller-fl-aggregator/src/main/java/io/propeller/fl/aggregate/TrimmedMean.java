package io.propeller.fl.aggregate;

import com.google.common.collect.Range;

/**
 * The mean of each coordinate without the ⌊βn⌋ largest and smallest, without weights: as many
 * hostile participants cannot move it out of the range of the others.
 *
 * <p>Yin, Chen, Ramchandran and Bartlett, "Byzantine-robust distributed learning: towards optimal
 * statistical rates", ICML 2018, algorithm 1, option II.
 *
 * @param beta β, the share that is cut off at each end, above 0 and below 0.5
 * @param byzantine how many hostile participants to bear, f; needs ⌊βn⌋ ≥ f
 */
record TrimmedMean(double beta, int byzantine) implements AggregationAlgorithm {
  private static final double DEFAULT_BETA = 0.2;

  static TrimmedMean of(AggregationConfig config) {
    return new TrimmedMean(
        config.number("beta", Range.open(0.0, 0.5), DEFAULT_BETA),
        config.whole("byzantine", Range.closed(1, Krum.MAX_BYZANTINE), 1));
  }

  private int cut(int n) {
    return (int) (beta * n);
  }

  @Override
  public int minimumUpdates() {
    int n = (int) (byzantine / beta);
    while (cut(n) < byzantine) {
      n++;
    }
    return n;
  }

  @Override
  public Aggregate aggregate(AggregationInput input) {
    int cut = cut(input.count());
    return Aggregate.of(
        input.toModel(
            ColumnSorter.reduce(
                input.vectors(),
                input.threads(),
                sorted -> ColumnSorter.mean(sorted, cut, sorted.length - cut))));
  }
}
