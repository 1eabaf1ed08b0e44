package io.propeller.operator.internal.proplet;

import java.time.Duration;
import java.time.Instant;

/**
 * When the status of a proplet may be written for no other reason than that time has passed: once
 * in each slot. The slots of proplets begin at different times, so that a fleet which was
 * connected, or taken over, at one time is not written at one time.
 *
 * @param length how long a slot is; more than zero
 * @param offset where the slots of this proplet begin
 */
record RefreshSlots(Duration length, long offset) {

  /** Returns the slots of a proplet. */
  static RefreshSlots of(Duration length, String uid) {
    return new RefreshSlots(length, Math.floorMod(31L * uid.hashCode(), length.toMillis()));
  }

  /**
   * Returns whether a new slot has begun.
   *
   * @param since when the status was last written, or when its writer began to know the proplet,
   *     whichever is later
   */
  boolean isDue(Instant since, Instant now) {
    return slot(since) < slot(now);
  }

  /** Returns how long it is until the next slot begins. */
  Duration untilNext(Instant now) {
    return Duration.ofMillis(offset + (slot(now) + 1) * length.toMillis() - now.toEpochMilli());
  }

  private long slot(Instant time) {
    return Math.floorDiv(time.toEpochMilli() - offset, length.toMillis());
  }
}
