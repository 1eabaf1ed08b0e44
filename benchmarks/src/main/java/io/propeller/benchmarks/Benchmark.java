package io.propeller.benchmarks;

import java.io.PrintStream;

/** A figure of Propeller's as a ratio to a baseline that is measured in the same run. */
public interface Benchmark {

  /** Returns the name on the command line: lower case, with hyphens. */
  String name();

  /** Returns what is compared with what, in one line. */
  String description();

  /** Returns the least ratio that is good enough; higher is always better. */
  double goal();

  /**
   * Measures, and prints the figures behind the ratio as it goes.
   *
   * @param effort how long to measure
   * @param out where to print figures, a line each
   * @return the ratio to compare with the {@linkplain #goal() goal}
   * @throws Exception if nothing could be measured
   */
  double run(Effort effort, PrintStream out) throws Exception;
}
