package io.propeller.operator.internal.status;

import io.propeller.api.v1.MetricsSnapshot;
import io.propeller.mqtt.message.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Says in the terms of a status what was measured. */
public final class Snapshots {

  /** Thousandths of a percent in a percent. */
  private static final int MILLI = 1_000;

  private Snapshots() {}

  /**
   * Returns the snapshot of a measurement.
   *
   * @param said when it was taken, as the worker says it, which may be by a clock of its own
   * @param heardAt when it was heard
   */
  public static MetricsSnapshot of(
      Optional<Timestamp> said,
      Instant heardAt,
      OptionalDouble cpuPercent,
      OptionalDouble memoryPercent,
      OptionalLong memoryBytes) {
    MetricsSnapshot snapshot = new MetricsSnapshot();
    snapshot.setTimestamp(said.orElse(null) instanceof Timestamp.At at ? at.instant() : heardAt);
    snapshot.setCpuMilliPercent(milli(cpuPercent));
    snapshot.setMemoryMilliPercent(milli(memoryPercent));
    snapshot.setMemoryBytes(memoryBytes.isPresent() ? memoryBytes.getAsLong() : null);
    return snapshot;
  }

  private static @Nullable Long milli(OptionalDouble percent) {
    return percent.isPresent() ? Math.round(percent.getAsDouble() * MILLI) : null;
  }
}
