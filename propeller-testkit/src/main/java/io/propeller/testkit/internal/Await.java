package io.propeller.testkit.internal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition of another process, which can only be asked again and again. */
public final class Await {

  private static final long INTERVAL_NANOS = Duration.ofMillis(10).toNanos();

  private Await() {}

  /**
   * Returns when {@code condition} holds.
   *
   * @param failure says what did not come to be, for the exception
   * @throws IllegalStateException if it does not hold within {@code limit}, or the thread is
   *     interrupted
   */
  public static void until(Duration limit, BooleanSupplier condition, Supplier<String> failure) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted: " + failure.get());
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + failure.get());
      }
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }
}
