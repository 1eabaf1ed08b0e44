package io.propeller.fl.aggregate;

import io.propeller.fl.model.Values;
import java.util.Arrays;
import java.util.List;

/**
 * Reduces the sorted values of each column to one, by blocks of columns, so that no update is in
 * memory as a whole.
 */
final class ColumnSorter {
  private static final int BUFFERED_VALUES = 1 << 20;

  /** Reduces one column. */
  @FunctionalInterface
  interface Reduction {
    double of(double[] sorted);
  }

  private ColumnSorter() {}

  static double[] reduce(List<Values> vectors, int threads, Reduction reduction) {
    int n = vectors.size();
    double[] result = new double[vectors.get(0).length()];
    int block = Math.max(1, BUFFERED_VALUES / threads / n);
    Columns.blocks(
        result.length,
        Math.min(block, Math.max(1, result.length / threads + 1)),
        threads,
        (from, to) -> {
          double[][] rows = new double[n][to - from];
          for (int k = 0; k < n; k++) {
            vectors.get(k).read(from, to - from, rows[k]);
          }
          double[] column = new double[n];
          for (int i = from; i < to; i++) {
            for (int k = 0; k < n; k++) {
              column[k] = rows[k][i - from];
            }
            Arrays.sort(column);
            result[i] = reduction.of(column);
          }
        });
    return result;
  }

  /**
   * Returns the mean of a range of a sorted column, which lies between its ends also after
   * rounding.
   */
  static double mean(double[] sorted, int from, int to) {
    double mean = 0;
    for (int i = from; i < to; i++) {
      mean += sorted[i] / (to - from);
    }
    return Math.max(sorted[from], Math.min(sorted[to - 1], mean));
  }

  /** Returns the middle of a sorted column, or the mean of the two in the middle. */
  static double median(double[] sorted) {
    int n = sorted.length;
    return mean(sorted, (n - 1) / 2, n / 2 + 1);
  }
}
