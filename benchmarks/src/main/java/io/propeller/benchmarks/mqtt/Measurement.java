package io.propeller.benchmarks.mqtt;

import com.sun.management.ThreadMXBean;
import io.propeller.benchmarks.Effort;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Measures two tasks by turns, so that what disturbs one disturbs the other. */
final class Measurement {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long TURN_NANOS = 300_000_000;

  private static final long MAX_BATCH = 1024;

  @SuppressWarnings("UnusedVariable") // Written so that the compiler cannot leave out the work.
  private static volatile Object sink = "";

  private Measurement() {}

  /** Something to do again and again, with a result. */
  interface Task {
    Object run() throws Exception;
  }

  /**
   * Two rates.
   *
   * @param ours runs a second
   * @param theirs runs a second, of the baseline
   */
  record Pair(double ours, double theirs) {
    double ratio() {
      return ours / theirs;
    }
  }

  /** Returns the median rates of a number of turns, after some to warm up. */
  static Pair compare(Task ours, Task theirs, Effort effort) throws Exception {
    int turns = effort == Effort.QUICK ? 7 : 31;
    double[] first = new double[turns];
    double[] second = new double[turns];
    for (int i = -4; i < turns; i++) {
      double a = rate(ours);
      double b = rate(theirs);
      if (i >= 0) {
        first[i] = a;
        second[i] = b;
      }
    }
    return new Pair(median(first), median(second));
  }

  /** Returns the bytes that one run allocates. */
  static long garbage(Task task) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int runs = 10_000;
    for (int i = 0; i < runs; i++) {
      sink = task.run();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / runs;
  }

  /**
   * Returns the runs in a second of this thread's processor time, which what else runs on the
   * machine does not lengthen. Looks at the clock so seldom that this costs nothing.
   */
  private static double rate(Task task) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    long elapsed = 0;
    long runs = 0;
    for (long batch = 1; elapsed < TURN_NANOS; batch = Math.min(2 * batch, MAX_BATCH)) {
      for (long i = 0; i < batch; i++) {
        sink = task.run();
      }
      runs += batch;
      elapsed = THREADS.getCurrentThreadCpuTime() - start;
    }
    return runs * 1e9 / elapsed;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
