package io.propeller.mqtt.message;

import java.util.OptionalLong;
import org.immutables.value.Value;

/** A worker process's use of memory, in bytes; every figure may be missing. */
@Value.Immutable
@Values
public interface MemoryMetrics {

  /** Says nothing. */
  MemoryMetrics EMPTY = builder().build();

  /** Returns the resident memory. */
  OptionalLong rssBytes();

  /** Returns the heap in use by objects. */
  OptionalLong heapAllocBytes();

  /** Returns the heap had from the system. */
  OptionalLong heapSysBytes();

  /** Returns the heap in use. */
  OptionalLong heapInuseBytes();

  /** Returns what the container uses. */
  OptionalLong containerUsageBytes();

  /**
   * Returns what the container may use; missing also where the worker's figure means that there is
   * no limit.
   */
  OptionalLong containerLimitBytes();

  /** Returns a builder. */
  static ImmutableMemoryMetrics.Builder builder() {
    return ImmutableMemoryMetrics.builder();
  }
}
