package io.propeller.operator.internal.cli;

import io.propeller.operator.OperatorOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags about the cluster that the operator is part of. */
final class ClusterFlags extends Flags {

  ClusterFlags(OperatorOptions.Builder options) {
    super(options);
  }

  @Option(
      names = "--watch-namespaces",
      split = ",",
      paramLabel = "NAME",
      description = "namespaces to serve, separated by commas (default: all)")
  void watchNamespaces(@Nullable Set<String> value) {
    set(value, options::watchNamespaces);
  }

  @Option(
      names = "--leader-elect",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "let only one of several operators work at a time")
  void leaderElect(@Nullable Boolean value) {
    set(value, options::leaderElect);
  }

  @Option(
      names = "--health-probe-bind-address",
      defaultValue = ":8081",
      paramLabel = "ADDRESS",
      description = "where /livez and /readyz are served, 0 for nowhere (default: :8081)")
  void healthProbeBindAddress(@Nullable BindAddress value) {
    set(value, one -> options.healthProbeBindAddress(one.address()));
  }

  @Option(
      names = "--metrics-bind-address",
      defaultValue = ":8080",
      paramLabel = "ADDRESS",
      description = "where /metrics is served, 0 for nowhere (default: :8080)")
  void metricsBindAddress(@Nullable BindAddress value) {
    set(value, one -> options.metricsBindAddress(one.address()));
  }

  @Option(
      names = "--pod-name",
      paramLabel = "NAME",
      description = "pod that the operator runs in, in its own namespace (default: none)")
  void podName(@Nullable String value) {
    set(value, options::podName);
  }

  @Option(
      names = "--pod-uid",
      paramLabel = "UID",
      description = "uid of that pod, which gets events of the operator itself (default: none)")
  void podUid(@Nullable String value) {
    set(value, options::podUid);
  }
}
