package io.propeller.operator.internal.cli;

import io.propeller.operator.OperatorOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags about federated learning. */
final class CoordinatorFlags extends Flags {

  CoordinatorFlags(OperatorOptions.Builder options) {
    super(options);
  }

  @Option(
      names = "--coordinator-bind-address",
      defaultValue = ":8082",
      paramLabel = "ADDRESS",
      description =
          "where workers that train get models and post updates, 0 for nowhere (default: :8082)")
  void bindAddress(@Nullable BindAddress value) {
    set(value, one -> options.coordinatorBindAddress(one.address()));
  }

  @Option(
      names = "--coordinator-url",
      converter = HttpUrl.class,
      paramLabel = "URL",
      description =
          "where workers reach that address (default: http://, the machine's name and the port)")
  void url(@Nullable String value) {
    set(value, options::coordinatorUrl);
  }

  @Option(
      names = "--data-store-url",
      paramLabel = "URL",
      description = "where workers that train find their data (default: they are told of none)")
  void dataStoreUrl(@Nullable String value) {
    set(value, options::dataStoreUrl);
  }

  @Option(
      names = "--accept-round-start",
      paramLabel = "NAMESPACE",
      description =
          "make TrainingRounds there when a coordinator on the channel asks for rounds (default:"
              + " none are made)")
  void acceptRoundStart(@Nullable String value) {
    set(value, options::acceptRoundStart);
  }
}
