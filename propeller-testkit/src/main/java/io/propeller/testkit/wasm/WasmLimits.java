package io.propeller.testkit.wasm;

import java.time.Duration;

/**
 * What a module may use up.
 *
 * @param time how long it may run
 * @param memoryPages how much linear memory it may have, in pages of 64 KiB, 65,536 at most
 * @param outputBytes how much it may write
 */
public record WasmLimits(Duration time, int memoryPages, int outputBytes) {

  /** Ten seconds, 16 MiB of memory, and 1 MiB of output. */
  public static final WasmLimits DEFAULT = new WasmLimits(Duration.ofSeconds(10), 256, 1 << 20);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not positive, or there are too many pages
   */
  public WasmLimits {
    if (time.toMillis() < 1 || outputBytes < 1) {
      throw new IllegalArgumentException("time and outputBytes must be positive");
    }
    if (memoryPages < 1 || memoryPages > 65_536) {
      throw new IllegalArgumentException("memoryPages must be from 1 to 65536, not " + memoryPages);
    }
  }

  /** Returns the same limits with another on time. */
  public WasmLimits withTime(Duration other) {
    return new WasmLimits(other, memoryPages, outputBytes);
  }
}
