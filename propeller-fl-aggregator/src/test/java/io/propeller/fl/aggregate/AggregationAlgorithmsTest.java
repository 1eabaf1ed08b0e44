package io.propeller.fl.aggregate;

import static io.propeller.fl.aggregate.Inputs.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AggregationAlgorithmsTest {

  private static AggregationProvider plugin(
      String name, Function<AggregationInput, Aggregate> rule) {
    return new AggregationProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public AggregationAlgorithm create(AggregationConfig config) {
        return rule::apply;
      }
    };
  }

  @Test
  void allRulesAreKnownByName() {
    assertThat(AggregationAlgorithms.load().names())
        .containsExactly(
            "bulyan",
            "concat",
            "fedadagrad",
            "fedadam",
            "fedavg",
            "fedavgm",
            "fedprox",
            "fedyogi",
            "gaussian-dp",
            "krum",
            "median",
            "multi-krum",
            "norm-clipping",
            "qfedavg",
            "trimmed-mean");
  }

  @Test
  void anUnknownNameOrParameterIsRefusedWithWhatWouldBeRight() {
    assertThatThrownBy(() -> rule("fedsgd", Map.of()))
        .hasMessageContaining("fedsgd")
        .hasMessageContaining("fedavg");
    assertThatThrownBy(() -> rule("fedavg", Map.of("f", 1)))
        .hasMessageContaining("[f]")
        .hasMessageContaining("fedavg");
    assertThatThrownBy(() -> rule("fedavgm", Map.of("momentun", 1)))
        .hasMessageContaining("momentun")
        .hasMessageContaining("momentum");
    assertThatThrownBy(() -> rule("fedavgm", Map.of("momentum", 1)))
        .hasMessageContaining("aggregator.config.momentum")
        .hasMessageContaining("[0.0..1.0)");
    assertThatThrownBy(() -> rule("fedavgm", Map.of("momentum", "0.9")))
        .hasMessageContaining("must be a number");
    assertThatThrownBy(() -> rule("krum", Map.of("byzantine", 1.5)))
        .hasMessageContaining("whole number");
    assertThatThrownBy(() -> rule("krum", Map.of("byzantine", -1))).hasMessageContaining("is -1");
    assertThatThrownBy(() -> rule("norm-clipping", Map.of()))
        .hasMessageContaining("maxNorm is missing");
    Map<String, Object> withNull = new HashMap<>();
    withNull.put("momentum", null);
    assertThat(rule("fedavgm", withNull)).isNotNull();
  }

  @Test
  void twoRulesOfOneNameAreRefusedNamingBothClasses() {
    AggregationProvider plugin = plugin("fedavg", input -> null);
    assertThatThrownBy(() -> AggregationAlgorithms.of(List.of(plugin)))
        .hasMessageContaining("fedavg")
        .hasMessageContaining(plugin.getClass().getName());
  }

  @Test
  void aHostilePluginLosesOnlyItsOwnRound() {
    AggregationInput input = Inputs.of(new double[] {1}, new double[] {2}).build();
    Map<String, Function<AggregationInput, Aggregate>> hostile =
        Map.of(
            "throws",
                any -> {
                  throw new IllegalStateException("no");
                },
            "overflows",
                any -> {
                  throw new StackOverflowError();
                },
            "null", any -> null,
            "nan", any -> Aggregate.of(Inputs.model(Double.NaN)),
            "shape", any -> Aggregate.of(Inputs.model(1, 2)),
            "state", any -> Aggregate.of(Inputs.model(1), Inputs.model(Double.POSITIVE_INFINITY)),
            "linkage",
                any -> {
                  throw new NoClassDefFoundError("gone");
                });
    hostile.forEach(
        (name, rule) -> {
          AggregationAlgorithm guarded =
              AggregationAlgorithms.of(List.of(plugin(name, rule))).create(name, Map.of());
          assertThatThrownBy(() -> guarded.aggregate(input))
              .isInstanceOf(AggregationException.class)
              .hasMessageContaining(name);
        });
  }

  @Test
  void everyRobustRuleRefusesBelowItsBound() throws AggregationException {
    Map<String, Integer> bounds = Map.of("median", 5, "krum", 7, "multi-krum", 7, "bulyan", 11);
    for (Map.Entry<String, Integer> bound : bounds.entrySet()) {
      assertBound(rule(bound.getKey(), Map.of("byzantine", 2)), bound.getValue());
    }
    assertBound(rule("trimmed-mean", Map.of("byzantine", 2, "beta", 0.25)), 8);
    assertBound(rule("trimmed-mean", Map.of("beta", 0.1)), 10);
    assertBound(rule("multi-krum", Map.of("byzantine", 1, "selected", 6)), 9);
  }

  private static void assertBound(AggregationAlgorithm rule, int least)
      throws AggregationException {
    assertThat(rule.minimumUpdates()).isEqualTo(least);
    double[][] enough = Collections.nCopies(least, new double[] {1, 2}).toArray(double[][]::new);
    assertThat(rule.aggregate(Inputs.of(enough).build()).model()).isEqualTo(Inputs.model(1, 2));
    double[][] tooFew =
        Collections.nCopies(least - 1, new double[] {1, 2}).toArray(double[][]::new);
    assertThatThrownBy(() -> rule.aggregate(Inputs.of(tooFew).build()))
        .isInstanceOf(AggregationException.class)
        .hasMessageContaining("at least " + least)
        .hasMessageContaining("there are " + (least - 1));
  }

  @Test
  void inputsThatDoNotFitTogetherAreRefused() {
    assertThatThrownBy(() -> Inputs.of(new double[] {1}, new double[] {1, 2}).build())
        .hasMessageContaining("p01");
    assertThatThrownBy(() -> Inputs.of(new double[] {1}).addUpdates(Inputs.update(0, 1, 2)).build())
        .hasMessageContaining("two updates");
    assertThatThrownBy(() -> Inputs.of(new double[] {1}).global(Inputs.model(1, 2)).build())
        .hasMessageContaining("another shape");
    assertThatThrownBy(() -> Inputs.update(0, 0, 1)).hasMessageContaining("weight must be from 1");
  }
}
