package io.propeller.testkit.fl;

import io.propeller.fl.aggregate.AggregationAlgorithm;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("names")
class BuiltInAlgorithmsTest extends AggregationAlgorithmContract {
  private static final Map<String, Map<String, ?>> REQUIRED_PARAMETERS =
      Map.of(
          "norm-clipping", Map.of("maxNorm", 3),
          "qfedavg", Map.of("learningRate", 0.5),
          "gaussian-dp", Map.of("maxNorm", 3, "noiseMultiplier", 1));

  @Parameter String name;

  static Set<String> names() {
    return AggregationAlgorithms.load().names();
  }

  @Override
  protected AggregationAlgorithm algorithm() {
    return AggregationAlgorithms.load()
        .create(name, REQUIRED_PARAMETERS.getOrDefault(name, Map.of()));
  }
}
