package io.propeller.mqtt.message;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.immutables.value.Value;

/** A worker process's figures since a task's start; every figure may be missing. */
@Value.Immutable
@Values
public interface AggregatedMetrics {

  /** Returns the mean use of processors, in percent. */
  OptionalDouble avgCpuUsage();

  /** Returns the greatest use of processors, in percent. */
  OptionalDouble maxCpuUsage();

  /** Returns the mean use of memory, in bytes. */
  OptionalDouble avgMemoryUsage();

  /** Returns the greatest use of memory, in bytes. */
  OptionalDouble maxMemoryUsage();

  /** Returns the bytes read from disk. */
  OptionalLong totalDiskRead();

  /** Returns the bytes written to disk. */
  OptionalLong totalDiskWrite();

  /** Returns the number of samples behind the means. */
  OptionalLong sampleCount();

  /** Returns a builder. */
  static ImmutableAggregatedMetrics.Builder builder() {
    return ImmutableAggregatedMetrics.builder();
  }
}
