package io.propeller.fl.aggregate;

import static io.propeller.fl.aggregate.Inputs.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.fl.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Logistic regression by ten workers, of whom all but one have seen samples of one label alone: the
 * samples are sorted by label and dealt out in shards, the pathological split of McMahan et al.
 * (2017) for two labels.
 */
class ConvergenceTest {
  private static final int FEATURES = 8;
  private static final int WORKERS = 10;
  private static final int SAMPLES = 1_000;
  private static final double MARGIN = 0.02;

  private static List<List<Sample>> shards;
  private static List<Sample> test;
  private static double pooled;

  private record Sample(List<Double> features, int label) {
    double margin(double[] weights) {
      double sum = weights[FEATURES];
      for (int i = 0; i < FEATURES; i++) {
        sum += weights[i] * features.get(i);
      }
      return sum;
    }
  }

  private static List<Sample> samples(Random random, double[] truth, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      List<Double> features =
          random.doubles(FEATURES).map(any -> random.nextGaussian()).boxed().toList();
      double chance = 1 / (1 + Math.exp(-new Sample(features, 0).margin(truth)));
      samples.add(new Sample(features, random.nextDouble() < chance ? 1 : 0));
    }
    return samples;
  }

  @BeforeAll
  static void makeData() {
    Random random = new Random(42);
    double[] truth = random.doubles(FEATURES + 1).map(any -> 2 * random.nextGaussian()).toArray();
    List<Sample> training = samples(random, truth, SAMPLES);
    test = samples(random, truth, SAMPLES);
    pooled = accuracy(train(new double[FEATURES + 1], training, 300, 1, 0));

    training.sort(Comparator.comparingInt(Sample::label));
    shards = new ArrayList<>();
    int size = SAMPLES / WORKERS;
    for (int k = 0; k < WORKERS; k++) {
      shards.add(training.subList(k * size, (k + 1) * size));
    }
  }

  /** Full-batch gradient descent; mu holds the weights near where they began. */
  private static double[] train(
      double[] start, List<Sample> samples, int steps, double rate, double mu) {
    double[] weights = start.clone();
    for (int step = 0; step < steps; step++) {
      double[] gradient = new double[FEATURES + 1];
      for (Sample sample : samples) {
        double error = 1 / (1 + Math.exp(-sample.margin(weights))) - sample.label();
        for (int i = 0; i < FEATURES; i++) {
          gradient[i] += error * sample.features().get(i) / samples.size();
        }
        gradient[FEATURES] += error / samples.size();
      }
      for (int i = 0; i <= FEATURES; i++) {
        weights[i] -= rate * (gradient[i] + mu * (weights[i] - start[i]));
      }
    }
    return weights;
  }

  private static double loss(double[] weights, List<Sample> samples) {
    return samples.stream()
        .mapToDouble(
            one ->
                Math.log1p(Math.exp(one.label() == 1 ? -one.margin(weights) : one.margin(weights))))
        .average()
        .orElseThrow();
  }

  private static double accuracy(double[] weights) {
    return test.stream().filter(one -> one.margin(weights) > 0 == (one.label() == 1)).count()
        / (double) test.size();
  }

  private static double federated(String name, Map<String, ?> config) throws AggregationException {
    AggregationAlgorithm algorithm = rule(name, config);
    double mu = algorithm.clientParameters().getOrDefault("mu", 0.0);
    Model model = Inputs.model(new double[FEATURES + 1]);
    Optional<Model> state = Optional.empty();
    for (int round = 0; round < 60; round++) {
      double[] start = model.toArray();
      var input = AggregationInput.builder().shape(model.shape()).global(model).state(state);
      for (int k = 0; k < WORKERS; k++) {
        input.addUpdates(
            Inputs.updateWithLoss(
                k, loss(start, shards.get(k)), train(start, shards.get(k), 5, 0.5, mu)));
      }
      Aggregate next = algorithm.aggregate(input.build());
      model = next.model();
      state = next.state();
    }
    return accuracy(model.toArray());
  }

  @Test
  void thePooledFitIsGoodAndOneWorkerAloneIsNot() {
    assertThat(pooled).isGreaterThan(0.85);
    double alone = accuracy(train(new double[FEATURES + 1], shards.get(0), 300, 1, 0));
    assertThat(alone).isLessThan(pooled - MARGIN);
  }

  @Test
  void everyRuleThatAveragesReachesThePooledFitWithinTwoPercent() throws AggregationException {
    Map<String, Map<String, ?>> rules =
        Map.of(
            "fedavg", Map.of(),
            "fedprox", Map.of("mu", 0.1),
            "fedavgm", Map.of("momentum", 0.5),
            "fedadagrad", Map.of("serverLearningRate", 0.5),
            "fedadam", Map.of(),
            "fedyogi", Map.of(),
            "qfedavg", Map.of("q", 0.5, "learningRate", 0.5),
            "norm-clipping", Map.of("maxNorm", 2));
    for (Map.Entry<String, Map<String, ?>> rule : rules.entrySet()) {
      assertThat(federated(rule.getKey(), rule.getValue()))
          .as(rule.getKey())
          .isGreaterThanOrEqualTo(pooled - MARGIN);
    }
  }
}
