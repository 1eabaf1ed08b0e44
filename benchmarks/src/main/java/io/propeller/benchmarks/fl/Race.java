package io.propeller.benchmarks.fl;

import io.propeller.benchmarks.Effort;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Runs two tasks in turns, so that both see the same machine, and compares their fastest runs. */
final class Race {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int WARM_UP = 10;
  private static final int QUICK_TURNS = 30;
  private static final int FULL_TURNS = 200;

  /** A task to be timed. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private Race() {}

  /** Returns how many times as fast as the baseline the subject is. */
  static double speed(
      Effort effort,
      PrintStream out,
      String baselineName,
      Task baseline,
      String subjectName,
      Task subject)
      throws Exception {
    List<Long> baselineTimes = new ArrayList<>();
    List<Long> subjectTimes = new ArrayList<>();
    int turns = effort == Effort.QUICK ? QUICK_TURNS : FULL_TURNS;
    for (int turn = -WARM_UP; turn < turns; turn++) {
      long baselineTime = time(baseline);
      long subjectTime = time(subject);
      if (turn >= 0) {
        baselineTimes.add(baselineTime);
        subjectTimes.add(subjectTime);
      }
    }
    report(out, baselineName, baselineTimes);
    report(out, subjectName, subjectTimes);
    return Collections.min(baselineTimes) / (double) Collections.min(subjectTimes);
  }

  private static long time(Task task) throws Exception {
    long start = System.nanoTime();
    task.run();
    return System.nanoTime() - start;
  }

  private static void report(PrintStream out, String name, List<Long> times) {
    Collections.sort(times);
    out.printf(
        Locale.ROOT,
        "%-28s fastest %8.3f ms, median %8.3f ms%n",
        name,
        times.get(0) / NANOS_PER_MILLI,
        times.get(times.size() / 2) / NANOS_PER_MILLI);
  }
}
