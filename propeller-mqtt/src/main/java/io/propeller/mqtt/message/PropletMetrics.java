package io.propeller.mqtt.message;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** What a worker measured of its host and of itself, sent every ten seconds. */
@Value.Immutable
@Values
public non-sealed interface PropletMetrics extends TelemetryMessage {

  /** Returns who measured. */
  PropletId propletId();

  /** Returns the namespace that the worker believes to be in. */
  Optional<String> namespace();

  /** Returns when the worker says that it measured. */
  Optional<Timestamp> timestamp();

  /** Returns the use of processors. */
  @Value.Default
  default CpuMetrics cpu() {
    return CpuMetrics.EMPTY;
  }

  /** Returns the use of memory. */
  @Value.Default
  default MemoryMetrics memory() {
    return MemoryMetrics.EMPTY;
  }

  /** Returns the worker's own figures, by name; each is finite. */
  Map<String, Double> custom();

  /** Returns a builder. */
  static ImmutablePropletMetrics.Builder builder() {
    return ImmutablePropletMetrics.builder();
  }
}
