package io.propeller.fl.aggregate;

import static io.propeller.fl.aggregate.Inputs.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.BaseEncoding;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Every rule against a second one in plain loops, written from the paper without thought of speed.
 */
class ReferenceTest {
  private static final double TOLERANCE = 1e-9;

  private static double[][] vectors(Random random, int n) {
    int length = 1 + random.nextInt(9);
    double[][] vectors = new double[n][length];
    for (double[] vector : vectors) {
      for (int i = 0; i < length; i++) {
        vector[i] = random.nextInt(4) == 0 ? random.nextInt(3) : 5 * random.nextGaussian();
      }
    }
    return vectors;
  }

  private static double[] column(double[][] vectors, int i) {
    return Arrays.stream(vectors).mapToDouble(vector -> vector[i]).sorted().toArray();
  }

  private static double squaredDistance(double[] x, double[] y) {
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += Math.pow(x[i] - y[i], 2);
    }
    return squares;
  }

  private static double norm(double[] x) {
    return Math.sqrt(squaredDistance(x, new double[x.length]));
  }

  private static void assertSame(Model actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual.value(i) - expected[i]))
          .isLessThan(TOLERANCE * (1 + Math.abs(expected[i])));
    }
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  @Property(tries = 100)
  void medianAndTrimmedMean(@ForAll Random random) throws AggregationException {
    double[][] x = vectors(random, 5 + random.nextInt(8));
    AggregationInput input = Inputs.of(x).threads(1 + random.nextInt(3)).build();
    double[] medians = new double[x[0].length];
    double[] means = new double[x[0].length];
    int cut = (int) Math.floor(0.3 * x.length);
    for (int i = 0; i < medians.length; i++) {
      double[] sorted = column(x, i);
      medians[i] = median(sorted);
      means[i] = Arrays.stream(sorted, cut, sorted.length - cut).average().orElseThrow();
    }
    assertSame(rule("median", Map.of()).aggregate(input).model(), medians);
    assertSame(rule("trimmed-mean", Map.of("beta", 0.3)).aggregate(input).model(), means);
  }

  /** Returns the numbers of the vectors, that with the lowest score first. */
  private static List<Integer> krum(double[][] vectors, int f) {
    double[] scores = new double[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      List<Double> distances = new ArrayList<>();
      for (int j = 0; j < vectors.length; j++) {
        if (j != i) {
          distances.add(squaredDistance(vectors[i], vectors[j]));
        }
      }
      Collections.sort(distances);
      for (int j = 0; j < vectors.length - f - 2; j++) {
        scores[i] += distances.get(j);
      }
    }
    List<Integer> ranking = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      ranking.add(i);
    }
    ranking.sort(Comparator.comparingDouble(i -> scores[i]));
    return ranking;
  }

  @Property(tries = 100)
  void weightedMeansAndConcat(@ForAll Random random) throws AggregationException {
    double[][] x = vectors(random, 1 + random.nextInt(6));
    var input = AggregationInput.builder().shape(ModelShape.vector(x[0].length));
    double[] mean = new double[x[0].length];
    double[] all = new double[x.length * x[0].length];
    double total = 0;
    for (int k = 0; k < x.length; k++) {
      int weight = 1 + random.nextInt(1000);
      input.addUpdates(Inputs.update(k, weight, x[k]));
      total += weight;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weight * x[k][i];
        all[k * mean.length + i] = x[k][i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= total;
    }
    AggregationInput built = input.threads(1 + random.nextInt(3)).build();
    assertSame(rule("fedavg", Map.of()).aggregate(built).model(), mean);
    assertSame(rule("fedprox", Map.of("mu", 0.1)).aggregate(built).model(), mean);
    assertSame(rule("concat", Map.of()).aggregate(built).model(), all);
  }

  @Property(tries = 100)
  void privacyIsClippingWithNoiseThatIsTheSameForTheSameSeed(@ForAll Random random)
      throws AggregationException {
    int n = 1 + random.nextInt(6);
    double[][] x = vectors(random, n);
    double[] global = random.doubles(x[0].length).toArray();
    byte[] seed = new byte[32];
    random.nextBytes(seed);
    NoiseSeed noiseSeed = new NoiseSeed(BaseEncoding.base16().lowerCase().encode(seed));
    double z = 0.5 + random.nextDouble();
    double[] noise = new double[global.length];
    new GaussianNoise(noiseSeed).addTo(noise, z * 2 / n);
    double[] expected = new double[global.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = global[i] + noise[i];
    }
    for (double[] vector : x) {
      double[] change = new double[global.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = vector[i] - global[i];
      }
      for (int i = 0; i < change.length; i++) {
        expected[i] += change[i] / Math.max(1, norm(change) / 2) / n;
      }
    }
    AggregationInput input = Inputs.of(x).global(Inputs.model(global)).noiseSeed(noiseSeed).build();
    Map<String, Double> config = Map.of("maxNorm", 2.0, "noiseMultiplier", z);
    assertSame(rule("gaussian-dp", config).aggregate(input).model(), expected);
  }

  @Property(tries = 100)
  void krumAndBulyan(@ForAll Random random) throws AggregationException {
    int f = 1 + random.nextInt(2);
    double[][] x = new double[4 * f + 3 + random.nextInt(3)][4];
    for (double[] vector : x) {
      Arrays.setAll(vector, i -> random.nextGaussian());
    }
    AggregationInput input = Inputs.of(x).threads(1 + random.nextInt(3)).build();
    Map<String, Integer> config = Map.of("byzantine", f);
    assertSame(rule("krum", config).aggregate(input).model(), x[krum(x, f).get(0)]);

    int m = 1 + random.nextInt(x.length - f - 2);
    double[] mean = new double[4];
    for (int k : krum(x, f).subList(0, m)) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += x[k][i] / m;
      }
    }
    assertSame(
        rule("multi-krum", Map.of("byzantine", f, "selected", m)).aggregate(input).model(), mean);

    List<double[]> left = new ArrayList<>(List.of(x));
    double[][] chosen = new double[x.length - 2 * f][];
    for (int k = 0; k < chosen.length; k++) {
      chosen[k] = left.remove((int) krum(left.toArray(double[][]::new), f).get(0));
    }
    double[] expected = new double[4];
    for (int i = 0; i < expected.length; i++) {
      double[] sorted = column(chosen, i);
      double median = median(sorted);
      expected[i] =
          Arrays.stream(sorted)
              .boxed()
              .sorted(Comparator.comparingDouble(value -> Math.abs(value - median)))
              .limit(chosen.length - 2L * f)
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow();
    }
    assertSame(rule("bulyan", config).aggregate(input).model(), expected);
  }

  @Property(tries = 100)
  void normClippingAndFairness(@ForAll Random random) throws AggregationException {
    double[][] x = vectors(random, 1 + random.nextInt(6));
    int length = x[0].length;
    double[] global = random.doubles(length).toArray();
    var input =
        AggregationInput.builder().shape(ModelShape.vector(length)).global(Inputs.model(global));
    double[] losses = random.doubles(x.length).map(loss -> loss + 0.01).toArray();
    double[] clipped = global.clone();
    double[] numerator = new double[length];
    double denominator = 0;
    double lipschitz = 1 / 0.3;
    for (int k = 0; k < x.length; k++) {
      input.addUpdates(Inputs.updateWithLoss(k, losses[k], x[k]));
      double[] change = new double[length];
      for (int i = 0; i < length; i++) {
        change[i] = x[k][i] - global[i];
      }
      double factor = Math.max(1, norm(change) / 2);
      for (int i = 0; i < length; i++) {
        clipped[i] += change[i] / factor / x.length;
        numerator[i] += Math.pow(losses[k], 2) * lipschitz * change[i];
      }
      denominator +=
          2 * losses[k] * Math.pow(lipschitz * norm(change), 2)
              + lipschitz * Math.pow(losses[k], 2);
    }
    double[] fair = new double[length];
    for (int i = 0; i < length; i++) {
      fair[i] = global[i] + numerator[i] / denominator;
    }
    AggregationInput built = input.threads(1 + random.nextInt(3)).build();
    assertSame(rule("norm-clipping", Map.of("maxNorm", 2)).aggregate(built).model(), clipped);
    assertSame(rule("qfedavg", Map.of("q", 2, "learningRate", 0.3)).aggregate(built).model(), fair);
  }

  @Property(tries = 60)
  void serverOptimisersOverSeveralRounds(@ForAll Random random) throws AggregationException {
    for (String name : List.of("fedavgm", "fedadagrad", "fedadam", "fedyogi")) {
      double[] expected = random.doubles(3).toArray();
      double[] m = new double[3];
      double[] v = {1e-6, 1e-6, 1e-6};
      Model model = Inputs.model(expected);
      var state = java.util.Optional.<Model>empty();
      for (int round = 0; round < 4; round++) {
        double[] one = random.doubles(3).toArray();
        double[] other = random.doubles(3).toArray();
        Aggregate next =
            rule(name, Map.of())
                .aggregate(Inputs.of(one, other).global(model).state(state).build());
        for (int i = 0; i < 3; i++) {
          double change = (one[i] + other[i]) / 2 - expected[i];
          m[i] = name.equals("fedavgm") ? 0.9 * m[i] + change : 0.9 * m[i] + 0.1 * change;
          double square = m[i] * m[i];
          v[i] =
              switch (name) {
                case "fedadagrad" -> v[i] + square;
                case "fedadam" -> 0.99 * v[i] + 0.01 * square;
                default -> v[i] > square ? v[i] - 0.01 * square : v[i] + 0.01 * square;
              };
          expected[i] += name.equals("fedavgm") ? m[i] : 0.1 * m[i] / (Math.sqrt(v[i]) + 1e-3);
        }
        assertSame(next.model(), expected);
        model = next.model();
        state = next.state();
      }
    }
  }
}
