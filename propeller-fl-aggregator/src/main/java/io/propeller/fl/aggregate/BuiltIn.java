package io.propeller.fl.aggregate;

import com.google.common.collect.ImmutableList;
import java.util.function.Function;

/** The rules of this library. */
final class BuiltIn {
  static final ImmutableList<AggregationProvider> PROVIDERS =
      ImmutableList.of(
          provider("fedavg", config -> new FedAvg()),
          provider("concat", config -> new Concat()),
          provider("fedprox", FedProx::of),
          provider("fedavgm", FedAvgM::of),
          provider(
              "fedadagrad",
              config -> AdaptiveOptimizer.of(AdaptiveOptimizer.Variance.ADAGRAD, config)),
          provider(
              "fedadam", config -> AdaptiveOptimizer.of(AdaptiveOptimizer.Variance.ADAM, config)),
          provider(
              "fedyogi", config -> AdaptiveOptimizer.of(AdaptiveOptimizer.Variance.YOGI, config)),
          provider("qfedavg", QFedAvg::of),
          provider("median", CoordinateMedian::of),
          provider("trimmed-mean", TrimmedMean::of),
          provider("krum", config -> Krum.of(config, false)),
          provider("multi-krum", config -> Krum.of(config, true)),
          provider("bulyan", Bulyan::of),
          provider("norm-clipping", NormClipping::of),
          provider("gaussian-dp", GaussianMechanism::of));

  private BuiltIn() {}

  private static AggregationProvider provider(
      String name, Function<AggregationConfig, AggregationAlgorithm> factory) {
    return new AggregationProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public AggregationAlgorithm create(AggregationConfig config) {
        return factory.apply(config);
      }
    };
  }
}
