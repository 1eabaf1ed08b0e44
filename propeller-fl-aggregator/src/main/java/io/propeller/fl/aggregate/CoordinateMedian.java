package io.propeller.fl.aggregate;

import com.google.common.collect.Range;

/**
 * The median of each coordinate, without weights: what fewer than half of the participants send
 * cannot move it out of the range of the others.
 *
 * <p>Yin, Chen, Ramchandran and Bartlett, "Byzantine-robust distributed learning: towards optimal
 * statistical rates", ICML 2018, algorithm 1, option I.
 *
 * @param byzantine how many hostile participants to bear, f; needs n ≥ 2f + 1
 */
record CoordinateMedian(int byzantine) implements AggregationAlgorithm {

  static CoordinateMedian of(AggregationConfig config) {
    return new CoordinateMedian(config.whole("byzantine", Range.closed(0, Krum.MAX_BYZANTINE), 1));
  }

  @Override
  public int minimumUpdates() {
    return 2 * byzantine + 1;
  }

  @Override
  public Aggregate aggregate(AggregationInput input) {
    return Aggregate.of(
        input.toModel(ColumnSorter.reduce(input.vectors(), input.threads(), ColumnSorter::median)));
  }
}
