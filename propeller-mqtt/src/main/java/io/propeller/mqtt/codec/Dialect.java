package io.propeller.mqtt.codec;

import java.util.Locale;
import java.util.Optional;

/** Which of the workers' programs a message is written for. */
public enum Dialect {
  /** The worker on Linux, which takes messages of up to 10 MiB with arguments as text. */
  WASMTIME,
  /**
   * The worker on microcontrollers, which takes a Start of up to 1,024 bytes with numbers for
   * arguments.
   */
  WAMR;

  /** Returns the dialect of a worker, by the runtime that it said to have in its Discovery. */
  public static Dialect of(Optional<String> wasmRuntime) {
    return wasmRuntime
        .filter(runtime -> runtime.toLowerCase(Locale.ROOT).startsWith("wamr"))
        .map(runtime -> WAMR)
        .orElse(WASMTIME);
  }
}
