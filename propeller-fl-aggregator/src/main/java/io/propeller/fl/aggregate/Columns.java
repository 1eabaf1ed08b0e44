package io.propeller.fl.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Spreads the columns of a model over threads. What is computed must depend on each column alone.
 */
final class Columns {

  /** Works on a range of columns. */
  @FunctionalInterface
  interface Work {
    void on(int from, int to);
  }

  private Columns() {}

  /** Cuts the columns into as many ranges as there are threads. */
  static void split(int length, int threads, Work work) {
    blocks(length, Math.max(1, (length + threads - 1) / threads), threads, work);
  }

  /** Cuts the columns into blocks of a size, which the threads take one after the other. */
  static void blocks(int length, int size, int threads, Work work) {
    int blocks = length / size + (length % size == 0 ? 0 : 1);
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable worker =
        () -> {
          try {
            for (int block = next.getAndIncrement();
                block < blocks;
                block = next.getAndIncrement()) {
              work.on(block * size, Math.min(length, (block + 1) * size));
            }
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(blocks);
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, blocks); i++) {
      Thread thread = new Thread(worker, "fl-aggregate-" + i);
      others.add(thread);
      thread.start();
    }
    worker.run();
    others.forEach(Columns::join);
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /**
   * Waits, also if interrupted: the others write to arrays that the caller would otherwise return
   * too early.
   */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
