package io.propeller.mqtt.message;

import java.util.OptionalDouble;
import org.immutables.value.Value;

/** A worker's use of processors; every figure may be missing, and each is finite. */
@Value.Immutable
@Values
public interface CpuMetrics {

  /** Says nothing. */
  CpuMetrics EMPTY = builder().build();

  /** Returns the seconds that the worker's process has spent in user mode. */
  OptionalDouble userSeconds();

  /** Returns the seconds that the worker's process has spent in the kernel. */
  OptionalDouble systemSeconds();

  /**
   * Returns the load of the host, in percent, as the mean over all of its cores; the first sample
   * is 0.
   */
  OptionalDouble percent();

  /** Returns a builder. */
  static ImmutableCpuMetrics.Builder builder() {
    return ImmutableCpuMetrics.builder();
  }
}
