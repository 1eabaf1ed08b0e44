package io.propeller.operator.internal.proplet;

import io.propeller.api.v1.MetricsSnapshot;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.Timestamp;
import io.propeller.operator.internal.proplet.PropletDirectory.Load;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Says in the terms of a status what a proplet measured. */
final class Loads {

  /** Thousandths of a percent in a percent. */
  private static final int MILLI = 1_000;

  private Loads() {}

  /**
   * Returns the snapshot of a measurement. The share of memory, which is not on the wire, is that
   * of the container's limit, or else of the memory of the host.
   */
  static MetricsSnapshot snapshot(Load load, Optional<PropletMetadata> metadata) {
    MemoryMetrics memory = load.metrics().memory();
    OptionalLong used =
        memory.containerUsageBytes().isPresent() ? memory.containerUsageBytes() : memory.rssBytes();
    OptionalLong total =
        memory.containerLimitBytes().isPresent()
            ? memory.containerLimitBytes()
            : metadata.map(PropletMetadata::totalMemoryBytes).orElseGet(OptionalLong::empty);
    MetricsSnapshot snapshot = new MetricsSnapshot();
    snapshot.setTimestamp(timestamp(load));
    snapshot.setCpuMilliPercent(milli(load.metrics().cpu().percent()));
    snapshot.setMemoryMilliPercent(share(used, total));
    snapshot.setMemoryBytes(used.isPresent() ? used.getAsLong() : null);
    return snapshot;
  }

  private static Instant timestamp(Load load) {
    return load.metrics().timestamp().orElse(null) instanceof Timestamp.At at
        ? at.instant()
        : load.heardAt();
  }

  private static @Nullable Long milli(OptionalDouble percent) {
    return percent.isPresent() ? Math.round(percent.getAsDouble() * MILLI) : null;
  }

  private static @Nullable Long share(OptionalLong used, OptionalLong total) {
    return used.isPresent() && total.isPresent() && total.getAsLong() > 0
        ? Math.round(100.0 * MILLI * used.getAsLong() / total.getAsLong())
        : null;
  }
}
