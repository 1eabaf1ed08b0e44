package io.propeller.mqtt.message;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * What a worker is to measure while it runs a task. Complete, since workers drop a Start with half
 * of one.
 */
@Value.Immutable
@Values
public interface MonitoringProfile {

  /** Returns whether to measure at all. */
  @Value.Default
  default boolean enabled() {
    return true;
  }

  /** Returns the time between samples: whole seconds, one at least. */
  @Value.Default
  default Duration interval() {
    return Duration.ofSeconds(10);
  }

  /** Returns whether to measure the use of processors. */
  @Value.Default
  default boolean collectCpu() {
    return true;
  }

  /** Returns whether to measure the use of memory. */
  @Value.Default
  default boolean collectMemory() {
    return true;
  }

  /** Returns whether to count the bytes read and written. */
  @Value.Default
  default boolean collectDiskIo() {
    return true;
  }

  /** Returns whether to count threads. */
  @Value.Default
  default boolean collectThreads() {
    return true;
  }

  /** Returns whether to count open files. */
  @Value.Default
  default boolean collectFileDescriptors() {
    return true;
  }

  /** Returns whether to send the samples. */
  @Value.Default
  default boolean exportToMqtt() {
    return true;
  }

  /** Returns whether to keep the samples for means and maxima. */
  @Value.Default
  default boolean retainHistory() {
    return true;
  }

  /** Returns how many samples to keep. */
  @Value.Default
  default int historySize() {
    return 100;
  }

  /** Refuses what a worker would not read. */
  @Value.Check
  default void check() {
    if (!interval().equals(Duration.ofSeconds(interval().toSeconds()))
        || interval().toSeconds() < 1) {
      throw new IllegalArgumentException(
          "interval must be whole seconds, one at least, not " + interval());
    }
    if (historySize() < 0) {
      throw new IllegalArgumentException(
          "historySize must not be negative, but is " + historySize());
    }
  }

  /** Returns a builder. */
  static ImmutableMonitoringProfile.Builder builder() {
    return ImmutableMonitoringProfile.builder();
  }
}
