package io.propeller.scheduler.policy;

import io.propeller.scheduler.model.TaskId;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls code that may fail in any way, and turns its failures into reports. A call that does not
 * return at all cannot be ended without a thread of its own, and is not.
 *
 * @param nanos a clock that only goes forward, in nanoseconds
 * @param limit how long a call may take
 * @param monitor who is told of failures
 */
record Guard(LongSupplier nanos, Duration limit, PolicyMonitor monitor) {

  /** Returns what the call returns, or null if it failed or returned null. */
  <T> @Nullable T call(String part, TaskId task, Supplier<@Nullable T> call) {
    long start = nanos.getAsLong();
    T result;
    try {
      result = call.get();
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      monitor.failed(new PolicyFailure.Threw(part, task, e));
      return null;
    }
    long taken = nanos.getAsLong() - start;
    if (taken > limit.toNanos()) {
      monitor.failed(new PolicyFailure.TooSlow(part, task, Duration.ofNanos(taken)));
      return null;
    }
    return result;
  }

  void outOfRange(String part, TaskId task, String returned) {
    monitor.failed(new PolicyFailure.OutOfRange(part, task, returned));
  }
}
