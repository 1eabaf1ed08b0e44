package io.propeller.mqtt.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/** What a worker says of itself; every part may be missing. */
@Value.Immutable
@Values
public interface PropletMetadata {

  /** Says nothing. */
  PropletMetadata EMPTY = builder().build();

  /** Returns a description for people. */
  Optional<String> description();

  /** Returns the worker's tags, in its order. */
  List<String> tags();

  /** Returns where the worker is. */
  Optional<String> location();

  /** Returns the worker's address. */
  Optional<String> ip();

  /**
   * Returns what the worker runs in, such as {@code docker}, {@code binary} or {@code embedded}.
   */
  Optional<String> environment();

  /** Returns the operating system. */
  Optional<String> os();

  /** Returns the host's name. */
  Optional<String> hostname();

  /** Returns the processor's architecture. */
  Optional<String> cpuArch();

  /** Returns the host's memory, in bytes. */
  OptionalLong totalMemoryBytes();

  /** Returns the version of the worker's program. */
  Optional<String> propletVersion();

  /** Returns the runtime that executes modules and its version, such as {@code wasmtime 37}. */
  Optional<String> wasmRuntime();

  /** Returns a builder. */
  static ImmutablePropletMetadata.Builder builder() {
    return ImmutablePropletMetadata.builder();
  }
}
