package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/**
 * Amounts of what a worker has or a task needs.
 *
 * @param cpuMillis thousandths of a CPU, from 0; {@link Long#MAX_VALUE} for no limit
 * @param memoryBytes bytes, from 0; {@link Long#MAX_VALUE} for no limit
 * @param custom other quantities by name, from 0, in any unit that worker and task agree on; one
 *     that is not named is 0
 */
public record Resources(long cpuMillis, long memoryBytes, ImmutableSortedMap<String, Long> custom) {

  /** The greatest amount that one task may take: 2<sup>50</sup>, which is a pebibyte of memory. */
  public static final long MAX_REQUEST = 1L << 50;

  /** Nothing at all. */
  public static final Resources NONE = of(0, 0);

  /** As much CPU and memory as anyone asks for, and no other quantity. */
  public static final Resources UNLIMITED = of(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * @throws IllegalArgumentException if an amount is negative
   */
  public Resources {
    requireNotNegative("cpu", cpuMillis);
    requireNotNegative("memory", memoryBytes);
    custom.forEach(Resources::requireNotNegative);
  }

  /** Returns these amounts of CPU and memory, and no other quantity. */
  public static Resources of(long cpuMillis, long memoryBytes) {
    return new Resources(cpuMillis, memoryBytes, ImmutableSortedMap.of());
  }

  /** Returns these amounts. */
  public static Resources of(long cpuMillis, long memoryBytes, Map<String, Long> custom) {
    return new Resources(cpuMillis, memoryBytes, ImmutableSortedMap.copyOf(custom));
  }

  /**
   * Checks that a task may take these amounts.
   *
   * @param who what the message begins with
   * @throws IllegalStateException if an amount is greater than {@link #MAX_REQUEST}
   */
  public void checkRequest(String who) {
    requireRequest(who, "cpu", cpuMillis);
    requireRequest(who, "memory", memoryBytes);
    custom.forEach((name, amount) -> requireRequest(who, name, amount));
  }

  private static void requireRequest(String who, String name, long amount) {
    if (amount > MAX_REQUEST) {
      throw new IllegalStateException(
          "%s: %s must be at most %d, but is %d".formatted(who, name, MAX_REQUEST, amount));
    }
  }

  private static void requireNotNegative(String name, long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("%s must be 0 or more, but is %d".formatted(name, amount));
    }
  }
}
