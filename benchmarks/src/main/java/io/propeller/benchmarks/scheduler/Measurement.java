package io.propeller.benchmarks.scheduler;

import io.propeller.benchmarks.Effort;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs one method of {@link Placing} under JMH, in a JVM of its own. */
final class Measurement {

  /**
   * What was measured.
   *
   * @param rate decisions a second
   * @param p50 microseconds
   * @param p99 microseconds
   * @param max microseconds
   * @param bytes allocated for each decision
   */
  record Figures(double rate, double p50, double p99, double max, double bytes) {

    void print(PrintStream out, String what) {
      out.printf(
          Locale.ROOT,
          "%-56s %,12.0f/s  p50 %7.2f us  p99 %7.2f us  max %9.1f us  %6.1f B%n",
          what,
          rate,
          p50,
          p99,
          max,
          bytes);
    }
  }

  private Measurement() {}

  static Figures measure(
      Effort effort, String method, int workers, String width, int fill, String policy)
      throws RunnerException {
    boolean quick = effort == Effort.QUICK;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Placing.class.getName() + "\\." + method + "$")
            .param("workers", Integer.toString(workers))
            .param("width", width)
            .param("fill", Integer.toString(fill))
            .param("policy", policy)
            .forks(1)
            .jvmArgsAppend("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC")
            .warmupIterations(quick ? 2 : 4)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 2 : 4)
            .measurementTime(TimeValue.seconds(1))
            .timeUnit(TimeUnit.MICROSECONDS)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT);
    RunResult rate = only(new Runner(options.mode(Mode.Throughput).build()).run());
    RunResult sample =
        only(
            new Runner(new OptionsBuilder().parent(options.build()).mode(Mode.SampleTime).build())
                .run());
    Statistics times = sample.getPrimaryResult().getStatistics();
    return new Figures(
        rate.getPrimaryResult().getScore() * 1e6,
        times.getPercentile(50),
        times.getPercentile(99),
        times.getMax(),
        bytes(rate));
  }

  private static RunResult only(Collection<RunResult> results) {
    return results.iterator().next();
  }

  private static double bytes(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.contains("gc.alloc.rate.norm")) {
        return result.getSecondaryResults().get(name).getScore();
      }
    }
    return Double.NaN;
  }
}
