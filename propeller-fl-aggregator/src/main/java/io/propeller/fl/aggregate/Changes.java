package io.propeller.fl.aggregate;

import io.propeller.fl.model.Model;
import io.propeller.fl.model.Values;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What training changed in each worker's model: norms and sums of it, read by chunks. */
final class Changes {
  private static final int CHUNK = 4_096;

  private final AggregationInput input;
  private final @Nullable Model origin;

  private Changes(AggregationInput input, @Nullable Model origin) {
    this.input = input;
    this.origin = origin;
  }

  /** Reads the changes since the global model; since zero where there is none. */
  static Changes sinceGlobalOrZero(AggregationInput input) {
    return new Changes(
        input, input.kind() == UpdateKind.DELTA ? null : input.global().orElse(null));
  }

  /** Returns the squared Euclidean norm of each worker's change. */
  double[] squaredNorms() {
    double[] norms = new double[input.count()];
    Columns.blocks(
        norms.length,
        1,
        input.threads(),
        (first, end) -> {
          Values values = input.updates().get(first).values();
          double[] chunk = new double[Math.min(CHUNK, values.length())];
          for (int from = 0; from < values.length(); from += CHUNK) {
            int n = read(values, from, chunk);
            double squares = 0;
            for (int i = 0; i < n; i++) {
              squares += chunk[i] * chunk[i];
            }
            norms[first] += squares;
          }
        });
    return norms;
  }

  /** Returns the sum of the changes, each times a factor; a factor of 0 leaves a change out. */
  double[] sum(double[] factors) {
    int length = input.shape().length();
    double[] sum = new double[length];
    Columns.blocks(
        length,
        CHUNK,
        input.threads(),
        (from, to) -> {
          double[] chunk = new double[to - from];
          for (int k = 0; k < factors.length; k++) {
            if (factors[k] == 0) {
              continue;
            }
            read(input.updates().get(k).values(), from, chunk);
            for (int i = 0; i < chunk.length; i++) {
              sum[from + i] += factors[k] * chunk[i];
            }
          }
        });
    return sum;
  }

  private int read(Values values, int from, double[] chunk) {
    int n = Math.min(chunk.length, values.length() - from);
    values.read(from, n, chunk);
    if (origin != null) {
      for (int i = 0; i < n; i++) {
        chunk[i] -= origin.value(from + i);
      }
    }
    return n;
  }

  /**
   * Returns the factors that bring every change to this norm at most; 0 for one whose norm is
   * beyond all doubles.
   */
  double[] clippingFactors(double maxNorm) {
    double[] squares = squaredNorms();
    return IntStream.range(0, squares.length)
        .mapToDouble(
            k -> Double.isInfinite(squares[k]) ? 0 : Math.min(1, maxNorm / Math.sqrt(squares[k])))
        .toArray();
  }
}
