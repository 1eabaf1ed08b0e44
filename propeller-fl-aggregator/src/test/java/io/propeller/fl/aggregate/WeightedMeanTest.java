package io.propeller.fl.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.propeller.fl.model.Blob;
import io.propeller.fl.model.BlobValues;
import io.propeller.fl.model.ElementType;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.PackedValues;
import io.propeller.fl.model.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WeightedMeanTest {
  private static final double FLOAT_BOUND = 0x1p-21;
  private static final double DOUBLE_BOUND = 0x1p-48;
  private static final BigDecimal UNDERFLOW = BigDecimal.valueOf(Float.MIN_VALUE);

  private static float anyFloat(Random random) {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? value : random.nextFloat();
  }

  private static double anyDouble(Random random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : random.nextDouble();
  }

  /**
   * Compares one column with the exact mean; the bound is relative to the weighted mean of the
   * absolute values.
   */
  private static void assertClose(double actual, double[] column, long[] weights, double bound) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal absolute = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (int k = 0; k < column.length; k++) {
      BigDecimal term = new BigDecimal(column[k]).multiply(BigDecimal.valueOf(weights[k]));
      sum = sum.add(term);
      absolute = absolute.add(term.abs());
      total = total.add(BigDecimal.valueOf(weights[k]));
    }
    BigDecimal exact = sum.divide(total, MathContext.DECIMAL128);
    BigDecimal allowed =
        absolute
            .divide(total, MathContext.DECIMAL128)
            .multiply(new BigDecimal(bound))
            .add(UNDERFLOW);
    assertThat(new BigDecimal(actual).subtract(exact).abs()).isLessThanOrEqualTo(allowed);
  }

  @Property(tries = 200)
  void floatsAreWithinTheStatedErrorOfTheExactMean(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 40) int n) {
    long[] weights = random.longs(n, 1, WeightedUpdate.MAX_WEIGHT + 1).toArray();
    float[][] x = new float[n][3];
    List<Values> vectors = new ArrayList<>();
    for (float[] row : x) {
      for (int i = 0; i < row.length; i++) {
        row[i] = anyFloat(random);
      }
      vectors.add(Values.of(row));
    }
    double[] mean = WeightedMean.of(vectors, weights, 1);
    for (int i = 0; i < mean.length; i++) {
      int column = i;
      assertClose(
          mean[i],
          Arrays.stream(x).mapToDouble(row -> row[column]).toArray(),
          weights,
          FLOAT_BOUND);
    }
  }

  @Property(tries = 200)
  void doublesAreWithinTheStatedErrorOfTheExactMean(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 40) int n) {
    long[] weights = random.longs(n, 1, WeightedUpdate.MAX_WEIGHT + 1).toArray();
    double[] column = random.doubles(n).map(any -> anyDouble(random)).toArray();
    List<Values> vectors =
        Arrays.stream(column).mapToObj(value -> Values.of(new double[] {value})).toList();
    assertClose(WeightedMean.of(vectors, weights, 1)[0], column, weights, DOUBLE_BOUND);
  }

  @Test
  void theErrorDoesNotGrowWithTheNumberOfUpdates() {
    int n = 20_000;
    Random random = new Random(1);
    double[] column = new double[n];
    List<Values> vectors = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      float value = random.nextFloat();
      column[k] = value;
      vectors.add(Values.of(new float[] {value}));
    }
    long[] weights = random.longs(n, 1, 1_000).toArray();
    assertClose(WeightedMean.of(vectors, weights, 1)[0], column, weights, FLOAT_BOUND);
  }

  @Property(tries = 60)
  void theBitsDependOnTheNumbersAlone(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 13) int n) throws Exception {
    int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 70_000 : 200);
    float[][] x = new float[n][length];
    for (float[] row : x) {
      for (int i = 0; i < length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    long[] weights = random.longs(n, 1, 1_000).toArray();
    List<Values> arrays = Arrays.stream(x).map(Values::of).toList();
    double[] expected = WeightedMean.of(arrays, weights, 1);

    List<Values> mixed = new ArrayList<>();
    for (float[] row : x) {
      PackedValues packed = PackedValues.pack(row);
      mixed.add(
          switch (random.nextInt(3)) {
            case 0 -> Values.of(row);
            case 1 -> packed;
            default -> new BlobValues(ElementType.FLOAT32, Blob.of(packed.bytes()), 0, length);
          });
    }
    assertThat(WeightedMean.of(mixed, weights, 1 + random.nextInt(4))).isEqualTo(expected);

    List<WeightedUpdate> updates = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      updates.add(WeightedUpdate.of(String.format("p%02d", k), weights[k], mixed.get(k)));
    }
    Collections.shuffle(updates, random);
    AggregationInput shuffled =
        AggregationInput.builder()
            .shape(ModelShape.vector(length))
            .addAllUpdates(updates)
            .threads(3)
            .build();
    assertThat(Inputs.rule("fedavg", Map.of()).aggregate(shuffled).model().toArray())
        .isEqualTo(expected);
  }

  @Test
  void theLargestNumbersDoNotOverflow() {
    for (int n = 1; n < 40; n++) {
      long[] weights = new long[n];
      Arrays.fill(weights, WeightedUpdate.MAX_WEIGHT - n);
      List<Values> floats =
          Collections.nCopies(n, Values.of(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}));
      List<Values> doubles =
          Collections.nCopies(n, Values.of(new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}));
      assertThat(WeightedMean.of(floats, weights, 1)[0])
          .isCloseTo(Float.MAX_VALUE, withPercentage(1e-4));
      assertThat(Arrays.stream(WeightedMean.of(doubles, weights, 1))).allMatch(Double::isFinite);
    }
  }
}
