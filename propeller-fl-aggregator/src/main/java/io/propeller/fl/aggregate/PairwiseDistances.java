package io.propeller.fl.aggregate;

import io.propeller.fl.model.Values;
import java.util.List;

/** Squared Euclidean distances between all vectors, read by tiles of columns. */
final class PairwiseDistances {
  private static final int TILE = 1_024;
  private static final int LANES = 4;

  private PairwiseDistances() {}

  /**
   * Returns a symmetric matrix. The sums are those of tiles in their order, whatever the number of
   * threads.
   */
  static double[][] squared(List<Values> vectors, int threads) {
    int n = vectors.size();
    int length = vectors.get(0).length();
    double[][] distances = new double[n][n];
    double[][] tile = new double[n][TILE];
    for (int from = 0; from < length; from += TILE) {
      int columns = Math.min(TILE, length - from);
      for (int k = 0; k < n; k++) {
        vectors.get(k).read(from, columns, tile[k]);
      }
      Columns.blocks(
          n,
          1,
          columns * n < TILE * TILE ? 1 : threads,
          (i, end) -> {
            for (int j = 0; j < i; j++) {
              distances[i][j] += squaredDistance(tile[i], tile[j], columns);
            }
          });
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        distances[j][i] = distances[i][j];
      }
    }
    return distances;
  }

  private static double squaredDistance(double[] x, double[] y, int columns) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + LANES <= columns; i += LANES) {
      double d0 = x[i] - y[i];
      double d1 = x[i + 1] - y[i + 1];
      double d2 = x[i + 2] - y[i + 2];
      double d3 = x[i + 3] - y[i + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < columns; i++) {
      double d = x[i] - y[i];
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }
}
