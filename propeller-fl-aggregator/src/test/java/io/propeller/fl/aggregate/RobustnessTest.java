package io.propeller.fl.aggregate;

import static io.propeller.fl.aggregate.Inputs.rule;
import static org.assertj.core.api.Assertions.assertThat;

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

/** What the papers promise at the bound, against ten ways of cheating. */
class RobustnessTest {
  private static final int DIMENSIONS = 6;
  private static final double ROUNDING = 1e-9;

  /** Ways of cheating. Each sees what the honest participants sent. */
  private enum Attack {
    SIGN_FLIP {
      @Override
      double[] forge(double[][] honest, Random random) {
        return scale(mean(honest), -1);
      }
    },
    SCALED_SIGN_FLIP {
      @Override
      double[] forge(double[][] honest, Random random) {
        return scale(mean(honest), -1_000);
      }
    },
    GAUSSIAN {
      @Override
      double[] forge(double[][] honest, Random random) {
        return random.doubles(DIMENSIONS).map(any -> 200 * random.nextGaussian()).toArray();
      }
    },
    HUGE_CONSTANT {
      @Override
      double[] forge(double[][] honest, Random random) {
        return scale(ones(), 1e30);
      }
    },
    LARGEST_FLOAT {
      @Override
      double[] forge(double[][] honest, Random random) {
        return scale(ones(), random.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE);
      }
    },
    ZERO {
      @Override
      double[] forge(double[][] honest, Random random) {
        return new double[DIMENSIONS];
      }
    },
    /** Baruch, Baruch and Goldberg, "A little is enough", NeurIPS 2019. */
    A_LITTLE_IS_ENOUGH {
      @Override
      double[] forge(double[][] honest, Random random) {
        double[] mean = mean(honest);
        for (int i = 0; i < DIMENSIONS; i++) {
          int column = i;
          double variance =
              Arrays.stream(honest)
                  .mapToDouble(row -> Math.pow(row[column] - mean[column], 2))
                  .average()
                  .orElseThrow();
          mean[i] -= 1.5 * Math.sqrt(variance);
        }
        return mean;
      }
    },
    /** Xie, Koyejo and Gupta, "Fall of empires", UAI 2019. */
    INNER_PRODUCT {
      @Override
      double[] forge(double[][] honest, Random random) {
        return scale(mean(honest), -0.5);
      }
    },
    /** El Mhamdi, Guerraoui and Rouault, ICML 2018: honest but for one coordinate. */
    ONE_COORDINATE {
      @Override
      double[] forge(double[][] honest, Random random) {
        double[] forged = mean(honest);
        forged[0] += 1e4;
        return forged;
      }
    },
    /**
     * Karimireddy, He and Jaggi, "Learning from history", ICML 2021: all repeat one honest
     * participant.
     */
    MIMIC {
      @Override
      double[] forge(double[][] honest, Random random) {
        return honest[0].clone();
      }
    };

    abstract double[] forge(double[][] honest, Random random);
  }

  private static double[] ones() {
    double[] ones = new double[DIMENSIONS];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] scale(double[] vector, double factor) {
    return Arrays.stream(vector).map(value -> value * factor).toArray();
  }

  private static double[] mean(double[][] vectors) {
    double[] mean = new double[DIMENSIONS];
    for (double[] vector : vectors) {
      for (int i = 0; i < DIMENSIONS; i++) {
        mean[i] += vector[i] / vectors.length;
      }
    }
    return mean;
  }

  private static double distance(double[] x, double[] y) {
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(squares);
  }

  private static double diameter(double[][] vectors) {
    double diameter = 0;
    for (double[] x : vectors) {
      for (double[] y : vectors) {
        diameter = Math.max(diameter, distance(x, y));
      }
    }
    return diameter;
  }

  private static double[][] honest(Random random, int count) {
    double[][] honest = new double[count][DIMENSIONS];
    for (double[] vector : honest) {
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] = 10 + random.nextGaussian();
      }
    }
    return honest;
  }

  private static double[] attacked(
      AggregationAlgorithm rule, double[][] honest, int hostile, Attack attack, Random random)
      throws AggregationException {
    List<double[]> all = new ArrayList<>(List.of(honest));
    for (int i = 0; i < hostile; i++) {
      all.add(attack.forge(honest, random));
    }
    Collections.shuffle(all, random);
    return rule.aggregate(Inputs.of(all.toArray(double[][]::new)).build()).model().toArray();
  }

  /**
   * Asserts that each coordinate lies among the honest ones, widened by their range times a factor.
   */
  private static void assertWithin(
      double[] result, double[][] honest, double slack, Object subject) {
    for (int i = 0; i < DIMENSIONS; i++) {
      int column = i;
      double low = Arrays.stream(honest).mapToDouble(row -> row[column]).min().orElseThrow();
      double high = Arrays.stream(honest).mapToDouble(row -> row[column]).max().orElseThrow();
      double room = slack * (high - low) + ROUNDING;
      assertThat(result[i]).as("%s", subject).isBetween(low - room, high + room);
    }
  }

  @Property(tries = 40)
  void medianStaysAmongTheHonestWithFewerThanHalfHostile(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 5) int f)
      throws AggregationException {
    for (Attack attack : Attack.values()) {
      double[][] honest = honest(random, f + 1);
      assertWithin(
          attacked(rule("median", Map.of("byzantine", f)), honest, f, attack, random),
          honest,
          0,
          attack);
    }
  }

  @Property(tries = 40)
  void trimmedMeanStaysAmongTheHonestWithAsManyHostileAsItCutsOff(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 5) int f)
      throws AggregationException {
    for (Attack attack : Attack.values()) {
      double[][] honest = honest(random, 4 * f);
      double[] result =
          attacked(
              rule("trimmed-mean", Map.of("byzantine", f, "beta", 0.2)), honest, f, attack, random);
      assertWithin(result, honest, 0, attack);
    }
  }

  /**
   * The score of an honest update is at most (n−f−2)D², D being their diameter; so whoever wins
   * has, among the n−2f−1 honest ones at least that its score counts, one within
   * D√((n−f−2)/(n−2f−1)).
   */
  @Property(tries = 40)
  void krumStaysNearTheHonestAtItsBound(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int f)
      throws AggregationException {
    int n = 2 * f + 3;
    for (Attack attack : Attack.values()) {
      double[][] honest = honest(random, n - f);
      double reach = diameter(honest) * Math.sqrt((n - f - 2.0) / (n - 2 * f - 1));
      double[] winner = attacked(rule("krum", Map.of("byzantine", f)), honest, f, attack, random);
      double nearest =
          Arrays.stream(honest).mapToDouble(one -> distance(one, winner)).min().orElseThrow();
      assertThat(nearest).as("%s", attack).isLessThanOrEqualTo(reach + ROUNDING);
      double[] mean =
          attacked(rule("multi-krum", Map.of("byzantine", f)), honest, f, attack, random);
      assertThat(distance(mean, mean(honest)))
          .as("%s: each of those averaged is that near", attack)
          .isLessThanOrEqualTo(diameter(honest) + reach + ROUNDING);
    }
  }

  /**
   * At most f of the n−2f chosen are hostile, so their median is honest; and n−4f honest ones lie
   * within the range.
   */
  @Property(tries = 40)
  void bulyanStaysNearTheHonestInEachCoordinateAtItsBound(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int f)
      throws AggregationException {
    for (Attack attack : Attack.values()) {
      double[][] honest = honest(random, 3 * f + 3);
      assertWithin(
          attacked(rule("bulyan", Map.of("byzantine", f)), honest, f, attack, random),
          honest,
          1,
          attack);
    }
  }

  @Property(tries = 40)
  void normClippingBoundsWhatOneCanDo(@ForAll Random random) throws AggregationException {
    AggregationAlgorithm rule = rule("norm-clipping", Map.of("maxNorm", 2));
    for (Attack attack : Attack.values()) {
      double[][] honest = honest(random, 9);
      double[] global = mean(honest);
      List<double[]> all = new ArrayList<>(List.of(honest));
      all.add(attack.forge(honest, random));
      double[] result =
          rule.aggregate(
                  Inputs.of(all.toArray(double[][]::new)).global(Inputs.model(global)).build())
              .model()
              .toArray();
      assertThat(distance(result, global)).as("%s", attack).isLessThanOrEqualTo(2 + ROUNDING);
      double[] first =
          rule.aggregate(Inputs.of(all.toArray(double[][]::new)).build()).model().toArray();
      assertThat(distance(first, new double[first.length]))
          .as("%s, without a global model", attack)
          .isLessThanOrEqualTo(2 + ROUNDING);
    }
  }

  @Test
  void theMeanIsNotRobust() throws AggregationException {
    Random random = new Random(1);
    double[][] honest = honest(random, 20);
    double[] moved = attacked(rule("fedavg", Map.of()), honest, 1, Attack.HUGE_CONSTANT, random);
    assertThat(distance(moved, mean(honest))).isGreaterThan(1e20);
  }

  @Test
  void onceMoreThanTheBoundIsEnoughToMoveTheMedian() throws AggregationException {
    Random random = new Random(1);
    double[][] honest = honest(random, 3);
    double[] moved =
        attacked(rule("median", Map.of("byzantine", 1)), honest, 4, Attack.HUGE_CONSTANT, random);
    assertThat(moved[0]).isEqualTo(1e30);
  }
}
