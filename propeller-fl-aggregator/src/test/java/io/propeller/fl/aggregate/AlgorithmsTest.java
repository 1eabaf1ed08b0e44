package io.propeller.fl.aggregate;

import static io.propeller.fl.aggregate.Inputs.model;
import static io.propeller.fl.aggregate.Inputs.rule;
import static io.propeller.fl.aggregate.Inputs.update;
import static io.propeller.fl.aggregate.Inputs.updateWithLoss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Part;
import io.propeller.fl.model.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Every rule on numbers small enough to follow by hand; how each expectation comes about stands
 * beside it.
 */
class AlgorithmsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static double[] x(double... values) {
    return values;
  }

  private static AggregationInput vector(WeightedUpdate... updates) {
    return AggregationInput.builder()
        .shape(ModelShape.vector(updates[0].values().length()))
        .addUpdates(updates)
        .build();
  }

  @Test
  void fedavgWeighsBySamples() throws AggregationException {
    // (1·1 + 3·5) / 4 = 4; (1·2 + 3·(-2)) / 4 = -1
    assertThat(
            rule("fedavg", Map.of())
                .aggregate(vector(update(0, 1, 1, 2), update(1, 3, 5, -2)))
                .model())
        .isEqualTo(model(4, -1));
  }

  @Test
  void fedavgAddsTheMeanOfDeltasToTheGlobalModel() throws AggregationException {
    AggregationInput input = Inputs.of(x(1), x(3)).kind(UpdateKind.DELTA).global(model(10)).build();
    assertThat(rule("fedavg", Map.of()).aggregate(input).model()).isEqualTo(model(12));
  }

  @Test
  void fedproxIsTheSameMeanAndTellsTheWorkersMu() throws AggregationException {
    AggregationAlgorithm fedprox = rule("fedprox", Map.of("mu", 0.5));
    assertThat(fedprox.aggregate(Inputs.of(x(1), x(3)).build()).model()).isEqualTo(model(2));
    assertThat(fedprox.clientParameters()).containsExactly(Map.entry("mu", 0.5));
  }

  @Test
  void concatKeepsEveryUpdateUnderItsParticipant() throws AggregationException {
    ModelShape shape = ModelShape.of(Part.of("/b"), Part.of("/w", 2));
    AggregationInput input =
        AggregationInput.builder()
            .shape(shape)
            .addUpdates(
                WeightedUpdate.of("a-b", 1, Values.of(x(1, 2, 3))),
                WeightedUpdate.of("a", 9, Values.of(x(4, 5, 6))))
            .build();
    Model all = rule("concat", Map.of()).aggregate(input).model();
    assertThat(all.part("/a-b/w")).containsExactly(2, 3);
    assertThat(all.part("/a/b")).containsExactly(4);
    assertThat(all.length()).isEqualTo(6);
  }

  @Test
  void fedavgmGathersSpeed() throws AggregationException {
    // Δ = 3 - 1 = 2, v = 2, x = 1 + 0.5·2 = 2; then Δ = 3 - 2 = 1, v = 0.5·2 + 1 = 2, x = 2 + 0.5·2
    // = 3
    AggregationAlgorithm fedavgm =
        rule("fedavgm", Map.of("momentum", 0.5, "serverLearningRate", 0.5));
    Aggregate first = fedavgm.aggregate(Inputs.of(x(2), x(4)).global(model(1)).build());
    assertThat(first.model()).isEqualTo(model(2));
    Aggregate second =
        fedavgm.aggregate(Inputs.of(x(2), x(4)).global(first.model()).state(first.state()).build());
    assertThat(second.model()).isEqualTo(model(3));
  }

  @Test
  void theAdaptiveOptimisersFollowTheirPaper() throws AggregationException {
    // β₁ = 0, τ = 1, so v₀ = 1 and η = 1; Δ = 2, m = 2, m² = 4, x₀ = 0
    Map<String, Double> config = Map.of("beta1", 0.0, "tau", 1.0, "serverLearningRate", 1.0);
    AggregationInput input = Inputs.of(x(2)).global(model(0)).build();
    // v = 1 + 4 = 5: x = 2 / (√5 + 1)
    assertThat(rule("fedadagrad", config).aggregate(input).model().value(0))
        .isCloseTo(2 / (Math.sqrt(5) + 1), EXACT);
    // β₂ = 0.5: v = 0.5·1 + 0.5·4 = 2.5: x = 2 / (√2.5 + 1)
    Map<String, Double> withBeta2 =
        Map.of("beta1", 0.0, "beta2", 0.5, "tau", 1.0, "serverLearningRate", 1.0);
    assertThat(rule("fedadam", withBeta2).aggregate(input).model().value(0))
        .isCloseTo(2 / (Math.sqrt(2.5) + 1), EXACT);
    // v = 1 - 0.5·4·sign(1 - 4) = 3: x = 2 / (√3 + 1)
    Aggregate yogi = rule("fedyogi", withBeta2).aggregate(input);
    assertThat(yogi.model().value(0)).isCloseTo(2 / (Math.sqrt(3) + 1), EXACT);
    assertThat(yogi.state().orElseThrow().part("/variance")).containsExactly(3);
    // again, with Δ = 0 for the same model: m = 0, so the model stays, v = 3 - 0.5·0·sign(3) = 3
    double[] there = yogi.model().toArray();
    Aggregate next =
        rule("fedyogi", withBeta2)
            .aggregate(Inputs.of(there).global(yogi.model()).state(yogi.state()).build());
    assertThat(next.model()).isEqualTo(yogi.model());
  }

  @Test
  void theFirstMomentIsTheRunningMeanOfTheChanges() throws AggregationException {
    // β₁ = 0.5: m = 0.5·0 + 0.5·2 = 1, v = 1 + 1 = 2: x = 1 / (√2 + 1)
    assertThat(
            rule("fedadagrad", Map.of("beta1", 0.5, "tau", 1.0, "serverLearningRate", 1.0))
                .aggregate(Inputs.of(x(2)).global(model(0)).build())
                .model()
                .value(0))
        .isCloseTo(1 / (Math.sqrt(2) + 1), EXACT);
  }

  @Test
  void serverOptimisersAdoptTheFirstModel() throws AggregationException {
    for (String name : new String[] {"fedavgm", "fedadagrad", "fedadam", "fedyogi"}) {
      Aggregate first = rule(name, Map.of()).aggregate(Inputs.of(x(1), x(3)).build());
      assertThat(first.model()).isEqualTo(model(2));
    }
    assertThat(
            rule("qfedavg", Map.of("learningRate", 1))
                .aggregate(Inputs.of(x(1), x(3)).build())
                .model())
        .isEqualTo(model(2));
  }

  @Test
  void qfedavgListensToThoseWithTheLargerLoss() throws AggregationException {
    // x = 0, L = 1, q = 1. p0: F = 1, d = 1: F·d = 1, h = 1·1·1 + 1 = 2. p1: F = 3, d = 2: F·d = 6,
    // h = 4 + 3 = 7.
    // x ← (1 + 6) / (2 + 7)
    AggregationInput input =
        AggregationInput.builder()
            .shape(ModelShape.vector(1))
            .addUpdates(updateWithLoss(0, 1, 1), updateWithLoss(1, 3, 2))
            .global(model(0))
            .build();
    assertThat(rule("qfedavg", Map.of("q", 1, "learningRate", 1)).aggregate(input).model().value(0))
        .isCloseTo(7.0 / 9, EXACT);
    // q = 0: the plain mean of the changes, (1 + 2) / 2
    assertThat(rule("qfedavg", Map.of("q", 0, "learningRate", 1)).aggregate(input).model().value(0))
        .isCloseTo(1.5, EXACT);
  }

  @Test
  void medianTakesTheMiddleOfEachCoordinate() throws AggregationException {
    AggregationAlgorithm median = rule("median", Map.of());
    assertThat(median.aggregate(Inputs.of(x(1, 9), x(5, -3), x(100, 2)).build()).model())
        .isEqualTo(model(5, 2));
    assertThat(median.aggregate(Inputs.of(x(1), x(2), x(4), x(100)).build()).model())
        .isEqualTo(model(3));
  }

  @Test
  void trimmedMeanLeavesOutBothEnds() throws AggregationException {
    // β = 0.25, n = 4: one at each end; (2 + 4) / 2
    assertThat(
            rule("trimmed-mean", Map.of("beta", 0.25))
                .aggregate(Inputs.of(x(100), x(2), x(4), x(-7)).build())
                .model())
        .isEqualTo(model(3));
  }

  @Test
  void krumTakesTheUpdateInTheDensestPlace() throws AggregationException {
    // f = 1, n = 5: the 5 - 1 - 2 = 2 nearest count. 0: 1 + 4 = 5; 1: 1 + 1 = 2; 2: 1 + 4 = 5; 4: 4
    // + 9; 100: more.
    assertThat(
            rule("krum", Map.of("byzantine", 1))
                .aggregate(Inputs.of(x(0), x(1), x(2), x(4), x(100)).build())
                .model())
        .isEqualTo(model(1));
    // the n - f - 2 = 2 best are 1 and, being first of the two with score 5, 0
    assertThat(
            rule("multi-krum", Map.of("byzantine", 1))
                .aggregate(Inputs.of(x(0), x(1), x(2), x(4), x(100)).build())
                .model())
        .isEqualTo(model(0.5));
  }

  @Test
  void bulyanChoosesByKrumAndThenByCoordinate() throws AggregationException {
    // f = 1, n = 7: choose 5, keep the 3 nearest to their median. Krum, time after time, with 4, 3,
    // 2, 1, 1 neighbours:
    // 1, 2, 3, 4 and one more are chosen, 1000 never is: it has no near neighbour. Chosen
    // {0,1,2,3,4}: median 2, kept {1,2,3}
    double[][] updates = {x(0), x(1), x(2), x(3), x(4), x(5), x(1000)};
    double result =
        rule("bulyan", Map.of("byzantine", 1))
            .aggregate(Inputs.of(updates).build())
            .model()
            .value(0);
    assertThat(result).isBetween(1.0, 4.0);
    assertThat(Bulyan.nearMedian(x(0, 1, 2, 3, 4), 3)).isEqualTo(2);
    assertThat(Bulyan.nearMedian(x(0, 5, 6, 7, 100), 3)).isEqualTo(6);
    assertThat(Bulyan.nearMedian(x(0, 1, 10, 11, 12), 3)).isEqualTo(11);
  }

  @Test
  void normClippingShortensLongChanges() throws AggregationException {
    // changes (3,4) of norm 5 and (0,1) of norm 1; to norm 1 at most: ((0.6,0.8) + (0,1)) / 2,
    // added to (1,1)
    AggregationInput input = Inputs.of(x(4, 5), x(1, 2)).global(model(1, 1)).build();
    double[] result =
        rule("norm-clipping", Map.of("maxNorm", 1)).aggregate(input).model().toArray();
    assertThat(result[0]).isCloseTo(1.3, EXACT);
    assertThat(result[1]).isCloseTo(1.9, EXACT);
  }

  @Test
  void withoutAGlobalModelNormClippingShortensTheChangesFromZero() throws AggregationException {
    // (3,4) of norm 5 and (0,1) of norm 1; to norm 1 at most: ((0.6,0.8) + (0,1)) / 2
    double[] result =
        rule("norm-clipping", Map.of("maxNorm", 1))
            .aggregate(Inputs.of(x(3, 4), x(0, 1)).build())
            .model()
            .toArray();
    assertThat(result[0]).isCloseTo(0.3, EXACT);
    assertThat(result[1]).isCloseTo(0.9, EXACT);
  }

  @Test
  void withoutAGlobalModelGaussianNoiseIsAddedToTheChangesFromZero() throws AggregationException {
    AggregationAlgorithm gaussian = rule("gaussian-dp", Map.of("maxNorm", 1, "noiseMultiplier", 2));
    NoiseSeed seed = new NoiseSeed("07".repeat(32));
    Aggregate first = gaussian.aggregate(Inputs.of(x(30, 40), x(0, 1)).noiseSeed(seed).build());
    // the same as with a global model of zeros, and what one does is bounded by maxNorm
    assertThat(first)
        .isEqualTo(
            gaussian.aggregate(
                Inputs.of(x(30, 40), x(0, 1)).global(model(0, 0)).noiseSeed(seed).build()));
    Aggregate shorter = gaussian.aggregate(Inputs.of(x(3, 4), x(0, 1)).noiseSeed(seed).build());
    assertThat(first.model().toArray()).containsExactly(shorter.model().toArray(), EXACT);
    // ρ = 1/(2·4)
    assertThat(first.metrics().get("rho")).isEqualTo(0.125);
  }

  @Test
  void gaussianNoiseHasTheStatedSizeAndPrice() throws AggregationException {
    int length = 20_001;
    double[] change = new double[length];
    change[0] = 10;
    AggregationInput input =
        Inputs.of(change, change, change, change)
            .kind(UpdateKind.DELTA)
            .noiseSeed(new NoiseSeed("01".repeat(32)))
            .build();
    AggregationAlgorithm gaussian =
        rule("gaussian-dp", Map.of("maxNorm", 2, "noiseMultiplier", 3, "delta", 1e-5));
    Aggregate once = gaussian.aggregate(input);
    // deviation 3·2/4 = 1.5; for 20,000 draws the sample deviation lies within 3 % and the mean
    // within 0.05, by far
    double[] noise = Arrays.copyOfRange(once.model().toArray(), 1, length);
    double mean = Arrays.stream(noise).average().orElseThrow();
    double deviation = Math.sqrt(Arrays.stream(noise).map(v -> v * v).average().orElseThrow());
    assertThat(mean).isCloseTo(0, within(0.05));
    assertThat(deviation).isCloseTo(1.5, within(0.045));
    assertThat(Arrays.stream(noise).filter(v -> Math.abs(v) < 1.5).count() / (double) noise.length)
        .as("share within one deviation, 0.6827 for a normal distribution")
        .isCloseTo(0.6827, within(0.015));
    // ρ = 1/(2·9) = 0.0556; ε = ρ + 2√(ρ ln 1e5) = 0.0556 + 2·√0.639607 = 1.6551
    assertThat(once.metrics().get("epsilon")).isCloseTo(1.6550642, within(1e-6));
    assertThat(gaussian.aggregate(input)).as("the same seed gives the same bits").isEqualTo(once);
    // after two rounds ρ = 1/9: ε = 0.1111 + 2·√(0.111111·11.512925) = 2.3731
    Aggregate twice =
        gaussian.aggregate(AggregationInput.builder().from(input).state(once.state()).build());
    assertThat(twice.metrics().get("epsilon")).isCloseTo(2.3731578, within(1e-5));
  }

  @Test
  void anotherSeedGivesOtherNoise() throws AggregationException {
    AggregationAlgorithm gaussian = rule("gaussian-dp", Map.of("maxNorm", 1, "noiseMultiplier", 1));
    var input = Inputs.of(x(0, 0)).kind(UpdateKind.DELTA);
    Model one = gaussian.aggregate(input.noiseSeed(new NoiseSeed("00".repeat(32))).build()).model();
    Model other =
        gaussian.aggregate(input.noiseSeed(new NoiseSeed("00".repeat(31) + "01")).build()).model();
    assertThat(one).isNotEqualTo(other);
    assertThatThrownBy(() -> gaussian.aggregate(Inputs.of(x(0)).kind(UpdateKind.DELTA).build()))
        .hasMessageContaining("noise seed");
  }

  @Test
  void noRuleOfThisLibraryNeedsAGlobalModel() throws AggregationException {
    Map<String, Map<String, Double>> settings =
        Map.of(
            "norm-clipping", Map.of("maxNorm", 1.0),
            "gaussian-dp", Map.of("maxNorm", 1.0, "noiseMultiplier", 1.0),
            "qfedavg", Map.of("learningRate", 1.0));
    var input = AggregationInput.builder().shape(ModelShape.vector(1));
    for (int i = 0; i < 7; i++) {
      input.addUpdates(updateWithLoss(i, 0.5, i));
    }
    AggregationInput first = input.noiseSeed(new NoiseSeed("01".repeat(32))).build();
    for (String name : AggregationAlgorithms.of(List.of()).names()) {
      Aggregate aggregate = rule(name, settings.getOrDefault(name, Map.of())).aggregate(first);
      assertThat(aggregate.model().firstNonFinite()).as(name).isNegative();
    }
  }

  @Test
  void aRuleOfSomebodyElsesMayNeedOne() {
    assertThatThrownBy(() -> Inputs.of(x(1)).build().origin("theirs"))
        .isInstanceOf(AggregationException.class)
        .hasMessage("theirs needs the global model that the round began with");
  }

  @Test
  void aStateOfAnotherModelIsRefused() {
    assertThatThrownBy(
            () ->
                rule("fedadam", Map.of())
                    .aggregate(Inputs.of(x(1)).global(model(0)).state(model(1, 2, 3)).build()))
        .isInstanceOf(AggregationException.class)
        .hasMessageContaining("belongs to another");
  }
}
