package io.propeller.benchmarks.operator;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lets the bare loop and the operator take turns, so that both see the same machine. */
final class Turns {

  /**
   * What was measured.
   *
   * @param bare median rate of the bare loop, tasks a second
   * @param operator that of the operator
   */
  record Rates(double bare, double operator) {

    double ratio() {
      return operator / bare;
    }
  }

  private Turns() {}

  static Rates take(Contender bare, Contender operator, int tasks, int rounds, PrintStream out)
      throws InterruptedException {
    List<Double> bareRates = new ArrayList<>();
    List<Double> operatorRates = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      bareRates.add(rate(bare, tasks));
      operatorRates.add(rate(operator, tasks));
      out.printf(
          Locale.ROOT,
          "round %d: bare loop %.0f, operator %.0f tasks/s%n",
          round,
          bareRates.get(round - 1),
          operatorRates.get(round - 1));
    }
    return new Rates(median(bareRates), median(operatorRates));
  }

  private static double rate(Contender contender, int tasks) throws InterruptedException {
    long start = System.nanoTime();
    contender.run(tasks);
    return tasks * 1e9 / (System.nanoTime() - start);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
