package io.propeller.fl.aggregate;

import io.propeller.fl.model.BlobValues;
import io.propeller.fl.model.ElementType;
import io.propeller.fl.model.FloatArrayValues;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.model.Values;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of vectors, weighted by whole numbers.
 *
 * <p>Four vectors at a time are multiplied and added in their own precision by fused multiply-add,
 * in their order, and the sum is added to an accumulator of doubles. So memory is read once, the
 * accumulator a quarter as often, and the error does not grow with the number of vectors: for
 * floats it is below 2<sup>-21</sup> of the weighted mean of the absolute values. Weights are
 * divided by a power of two above their sum, which is exact and keeps every sum in range.
 *
 * <p>Memory is the accumulator and, for vectors that are not in memory, a chunk of four of them per
 * thread.
 */
final class WeightedMean {
  private static final int GROUP = 4;
  private static final int CHUNK = 32_768;

  private final List<Values> vectors;
  private final float[] weights;
  private final double[] sum;

  private WeightedMean(List<Values> vectors, float[] weights, int length) {
    this.vectors = vectors;
    this.weights = weights;
    this.sum = new double[length];
  }

  /**
   * Computes the mean.
   *
   * @param vectors at least one, of one length
   * @param weights one per vector, from 1 to 2^24
   */
  static double[] of(List<Values> vectors, long[] weights, int threads) {
    long total = Arrays.stream(weights).sum();
    int exponent = Long.SIZE - Long.numberOfLeadingZeros(total);
    float[] scaled = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      scaled[i] = Math.scalb((float) weights[i], -exponent);
    }
    WeightedMean mean = new WeightedMean(vectors, scaled, vectors.get(0).length());
    double scaledTotal = Math.scalb((double) total, -exponent);
    Columns.split(mean.sum.length, threads, (from, to) -> mean.compute(from, to, scaledTotal));
    return mean.sum;
  }

  private void compute(int from, int to, double scaledTotal) {
    byte[][] scratch = new byte[GROUP][];
    for (int first = 0; first < vectors.size(); first += GROUP) {
      Values[] group = new Values[GROUP];
      float[] w = new float[GROUP];
      for (int i = 0; i < GROUP; i++) {
        boolean present = first + i < vectors.size();
        group[i] = vectors.get(present ? first + i : first);
        w[i] = present ? weights[first + i] : 0;
      }
      addGroup(group, w, from, to, scratch);
    }
    double share = 1 / scaledTotal;
    for (int i = from; i < to; i++) {
      sum[i] *= share;
    }
    if (!vectors.stream().allMatch(values -> values.type() == ElementType.FLOAT32)) {
      clamp(from, to);
    }
  }

  /**
   * Undoes what rounding may do to a mean of the largest doubles; that of floats is far from the
   * end of the range.
   */
  private void clamp(int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, sum[i]));
    }
  }

  private void addGroup(Values[] group, float[] w, int from, int to, byte[][] scratch) {
    if (!Arrays.stream(group).allMatch(values -> values.type() == ElementType.FLOAT32)) {
      addDoubles(group, w, from, to);
    } else if (group[0] instanceof FloatArrayValues a
        && group[1] instanceof FloatArrayValues b
        && group[2] instanceof FloatArrayValues c
        && group[3] instanceof FloatArrayValues d) {
      addArrays(sum, a.array(), b.array(), c.array(), d.array(), w, from, to);
    } else {
      addPacked(group, w, from, to, scratch);
    }
  }

  private void addPacked(Values[] group, float[] w, int from, int to, byte[][] scratch) {
    boolean inMemory = Arrays.stream(group).allMatch(PackedValues.class::isInstance);
    int step = inMemory ? Math.max(1, to - from) : CHUNK;
    int[] offset = new int[GROUP];
    byte[][] bytes = new byte[GROUP][];
    for (int at = from; at < to; at += step) {
      int n = Math.min(step, to - at);
      for (int i = 0; i < GROUP; i++) {
        if (group[i] instanceof PackedValues packed) {
          bytes[i] = packed.bytes();
          offset[i] = packed.offset() + at * Float.BYTES;
          continue;
        }
        if (scratch[i] == null) {
          scratch[i] = new byte[CHUNK * Float.BYTES];
        }
        bytes[i] = scratch[i];
        offset[i] = 0;
        pack(group[i], at, n, scratch[i]);
      }
      addBytes(sum, at, n, bytes, offset, w);
    }
  }

  private static void pack(Values values, int from, int count, byte[] into) {
    if (values instanceof BlobValues stored) {
      stored.readBytes(from, count, into);
      return;
    }
    double[] read = new double[count];
    values.read(from, count, read);
    for (int i = 0; i < count; i++) {
      PackedValues.putFloat(into, i * Float.BYTES, (float) read[i]);
    }
  }

  private static void addArrays(
      double[] sum, float[] a, float[] b, float[] c, float[] d, float[] w, int from, int to) {
    float wa = w[0];
    float wb = w[1];
    float wc = w[2];
    float wd = w[3];
    for (int i = from; i < to; i++) {
      sum[i] += Math.fma(wd, d[i], Math.fma(wc, c[i], Math.fma(wb, b[i], wa * a[i])));
    }
  }

  private static void addBytes(
      double[] sum, int from, int count, byte[][] bytes, int[] offset, float[] w) {
    addBytes(
        sum, from, count, bytes[0], offset[0], bytes[1], offset[1], bytes[2], offset[2], bytes[3],
        offset[3], w);
  }

  private static void addBytes(
      double[] sum,
      int from,
      int count,
      byte[] a,
      int atA,
      byte[] b,
      int atB,
      byte[] c,
      int atC,
      byte[] d,
      int atD,
      float[] w) {
    float wa = w[0];
    float wb = w[1];
    float wc = w[2];
    float wd = w[3];
    for (int i = 0; i < count; i++) {
      int at = i * Float.BYTES;
      float partial = wa * PackedValues.getFloat(a, atA + at);
      partial = Math.fma(wb, PackedValues.getFloat(b, atB + at), partial);
      partial = Math.fma(wc, PackedValues.getFloat(c, atC + at), partial);
      sum[from + i] += Math.fma(wd, PackedValues.getFloat(d, atD + at), partial);
    }
  }

  private void addDoubles(Values[] group, float[] w, int from, int to) {
    double[][] chunk = new double[GROUP][Math.min(CHUNK, to - from)];
    for (int at = from; at < to; at += CHUNK) {
      int n = Math.min(CHUNK, to - at);
      for (int i = 0; i < GROUP; i++) {
        group[i].read(at, n, chunk[i]);
      }
      for (int i = 0; i < n; i++) {
        double partial = w[0] * chunk[0][i];
        partial = Math.fma(w[1], chunk[1][i], partial);
        partial = Math.fma(w[2], chunk[2][i], partial);
        sum[at + i] += Math.fma(w[3], chunk[3][i], partial);
      }
    }
  }
}
