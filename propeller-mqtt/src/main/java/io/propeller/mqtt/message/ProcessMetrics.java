package io.propeller.mqtt.message;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.immutables.value.Value;

/** A worker process's figures of one moment; every figure may be missing. */
@Value.Immutable
@Values
public interface ProcessMetrics {

  /** Says nothing. */
  ProcessMetrics EMPTY = builder().build();

  /** Returns the use of processors, in percent. */
  OptionalDouble cpuPercent();

  /**
   * Returns the memory in use, in bytes, as the worker says it.
   *
   * @see #memoryBytes(long)
   */
  OptionalLong memoryBytes();

  /** Returns the memory in use, in percent. */
  OptionalDouble memoryPercent();

  /** Returns the bytes read from disk. */
  OptionalLong diskReadBytes();

  /** Returns the bytes written to disk. */
  OptionalLong diskWriteBytes();

  /** Returns for how long the process has run, in seconds. */
  OptionalLong uptimeSeconds();

  /** Returns the number of threads. */
  OptionalLong threadCount();

  /** Returns the number of open files. */
  OptionalLong fileDescriptorCount();

  /**
   * Returns the memory in use, in bytes, corrected for the workers that say it 1,024 times too
   * large: no process uses more than its host has.
   *
   * @param totalMemoryBytes the memory of the worker's host, in bytes
   */
  default OptionalLong memoryBytes(long totalMemoryBytes) {
    OptionalLong said = memoryBytes();
    return said.isPresent() && said.getAsLong() > totalMemoryBytes
        ? OptionalLong.of(said.getAsLong() / 1024)
        : said;
  }

  /** Returns a builder. */
  static ImmutableProcessMetrics.Builder builder() {
    return ImmutableProcessMetrics.builder();
  }
}
