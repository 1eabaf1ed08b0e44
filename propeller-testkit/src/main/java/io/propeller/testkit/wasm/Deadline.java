package io.propeller.testkit.wasm;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it, unless that closes it in time. */
final class Deadline implements AutoCloseable {

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "propeller-wasm-deadline");
            thread.setDaemon(true);
            return thread;
          });

  private final Thread thread = Thread.currentThread();
  private final Future<?> alarm;
  private boolean closed;
  private boolean passed;

  Deadline(Duration after) {
    alarm = TIMER.schedule(this::pass, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void pass() {
    if (!closed) {
      passed = true;
      thread.interrupt();
    }
  }

  synchronized boolean hasPassed() {
    return passed;
  }

  /**
   * Also takes back the interrupt that the deadline made, which the thread's owner knows not of.
   */
  @Override
  public synchronized void close() {
    closed = true;
    alarm.cancel(false);
    if (passed) {
      Thread.interrupted();
    }
  }
}
