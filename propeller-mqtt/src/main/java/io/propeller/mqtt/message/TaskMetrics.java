package io.propeller.mqtt.message;

import java.util.Optional;
import org.immutables.value.Value;

/** What a worker measured while it ran a task; the figures are of the whole worker process. */
@Value.Immutable
@Values
public non-sealed interface TaskMetrics extends TelemetryMessage {

  /** Returns the task. */
  TaskId taskId();

  /** Returns who measured. */
  Optional<PropletId> propletId();

  /** Returns when the worker says that it measured. */
  Optional<Timestamp> timestamp();

  /** Returns the figures of this moment. */
  @Value.Default
  default ProcessMetrics metrics() {
    return ProcessMetrics.EMPTY;
  }

  /** Returns the figures of the time since the task's start. */
  Optional<AggregatedMetrics> aggregated();

  /** Returns a builder. */
  static ImmutableTaskMetrics.Builder builder() {
    return ImmutableTaskMetrics.builder();
  }
}
