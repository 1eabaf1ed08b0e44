package io.propeller.mqtt.message;

import java.util.OptionalDouble;
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

  /** Returns what is in use: by the container, or else by the process. */
  default OptionalLong usedBytes() {
    return containerUsageBytes().isPresent() ? containerUsageBytes() : rssBytes();
  }

  /**
   * Returns the share in use, in percent, which is not on the wire: of the container's limit, or
   * else of the memory of the host.
   *
   * @param hostBytes the memory of the worker's host, if it is known
   */
  default OptionalDouble percent(OptionalLong hostBytes) {
    OptionalLong total = containerLimitBytes().isPresent() ? containerLimitBytes() : hostBytes;
    return usedBytes().isPresent() && total.isPresent() && total.getAsLong() > 0
        ? OptionalDouble.of(100.0 * usedBytes().getAsLong() / total.getAsLong())
        : OptionalDouble.empty();
  }

  /** Returns a builder. */
  static ImmutableMemoryMetrics.Builder builder() {
    return ImmutableMemoryMetrics.builder();
  }
}
