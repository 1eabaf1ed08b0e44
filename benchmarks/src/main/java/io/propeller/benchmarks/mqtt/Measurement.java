package io.propeller.benchmarks.mqtt;

import com.sun.management.ThreadMXBean;
import io.propeller.benchmarks.Effort;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Measures two tasks by turns, so that what disturbs one disturbs the other. */
final class Measurement {

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
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int runs = 10_000;
    for (int i = 0; i < runs; i++) {
      sink = task.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / runs;
  }

  private static double rate(Task task) throws Exception {
    long start = System.nanoTime();
    long end = start + 300_000_000L;
    long runs = 0;
    while (System.nanoTime() < end) {
      sink = task.run();
      runs++;
    }
    return runs * 1e9 / (System.nanoTime() - start);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
