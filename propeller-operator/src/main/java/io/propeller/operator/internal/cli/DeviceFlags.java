package io.propeller.operator.internal.cli;

import io.propeller.operator.OperatorOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags about proplets that come and go. */
final class DeviceFlags extends Flags {

  DeviceFlags(OperatorOptions.Builder options) {
    super(options);
  }

  @Option(
      names = "--liveliness-interval",
      paramLabel = "DURATION",
      description = "how often it is checked who has gone silent (default: 1s)")
  void livelinessInterval(@Nullable Duration value) {
    set(value, options::livelinessInterval);
  }

  @Option(
      names = "--last-seen-threshold",
      paramLabel = "DURATION",
      description = "how long a proplet may be silent before it is offline (default: 30s)")
  void lastSeenThreshold(@Nullable Duration value) {
    set(value, options::lastSeenThreshold);
  }

  @Option(
      names = "--status-refresh",
      converter = GoDuration.OrNothing.class,
      paramLabel = "DURATION",
      description =
          "how often the status of a proplet is written while only time passes, such as 60s; 0s for"
              + " never (default: 0s)")
  void statusRefresh(@Nullable Duration value) {
    set(value, options::statusRefresh);
  }

  @Option(
      names = "--register-in",
      paramLabel = "NAMESPACE",
      description =
          "make Proplets there of devices that announce themselves; they take tasks once"
              + " spec.unschedulable is false (default: none are made)")
  void registerIn(@Nullable String value) {
    set(value, options::registerIn);
  }

  @Option(
      names = "--register-limit",
      paramLabel = "NUMBER",
      description = "how many such Proplets may wait for that (default: 100)")
  void registerLimit(@Nullable Integer value) {
    set(value, options::registerLimit);
  }
}
