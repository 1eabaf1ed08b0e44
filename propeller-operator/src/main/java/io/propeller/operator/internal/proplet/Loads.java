package io.propeller.operator.internal.proplet;

import io.propeller.api.v1.MetricsSnapshot;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.operator.internal.proplet.PropletDirectory.Load;
import io.propeller.operator.internal.status.Snapshots;
import java.util.Optional;
import java.util.OptionalLong;

/** Says in the terms of a status what a proplet measured. */
final class Loads {

  private Loads() {}

  static MetricsSnapshot snapshot(Load load, Optional<PropletMetadata> metadata) {
    MemoryMetrics memory = load.metrics().memory();
    OptionalLong hostMemory =
        metadata.map(PropletMetadata::totalMemoryBytes).orElseGet(OptionalLong::empty);
    return Snapshots.of(
        load.metrics().timestamp(),
        load.heardAt(),
        load.metrics().cpu().percent(),
        memory.percent(hostMemory),
        memory.usedBytes());
  }
}
