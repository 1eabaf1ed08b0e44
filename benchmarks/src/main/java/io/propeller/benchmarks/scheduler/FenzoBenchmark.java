package io.propeller.benchmarks.scheduler;

import static com.google.common.base.Preconditions.checkState;

import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** Tasks placed a second on hosts that fill up, against Fenzo on the same, in turns. */
final class FenzoBenchmark implements Benchmark {

  /** How often we fill the hosts while Fenzo does once: a fill takes us less than a pause may. */
  private static final int FILLS = 5;

  /**
   * How often we fill them before that, which takes a second; one fill warms Fenzo up for a minute.
   */
  private static final int WARM_UP = 50;

  private final int hosts;
  private final double goal;

  FenzoBenchmark(int hosts, double goal) {
    this.hosts = hosts;
    this.goal = goal;
  }

  @Override
  public String name() {
    return "fenzo-" + hosts;
  }

  @Override
  public String description() {
    return "tasks placed a second on %,d hosts until they are full; baseline: Fenzo 1.0.1"
        .formatted(hosts);
  }

  @Override
  public double goal() {
    return goal;
  }

  @Override
  public double run(Effort effort, PrintStream out) {
    int capacity = hosts * HostFilling.TASKS_PER_HOST;
    // Fenzo takes longer as more tasks run, so fewer tasks than fill the hosts are in its favour.
    int fenzoTasks = effort == Effort.QUICK ? Math.min(capacity, 4_000_000 / hosts) : capacity;
    int rounds = 3;
    for (int warmUp = 0; warmUp < WARM_UP; warmUp++) {
      new PropellerFilling().fill(hosts, capacity);
    }
    new FenzoFilling().fill(hosts, 2_000_000 / hosts);
    double[] ours = new double[rounds * FILLS];
    double[] theirs = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      for (int fill = 0; fill < FILLS; fill++) {
        ours[round * FILLS + fill] = fill(new PropellerFilling(), capacity, out);
      }
      theirs[round] = fill(new FenzoFilling(), fenzoTasks, out);
    }
    return median(ours) / median(theirs);
  }

  private double fill(HostFilling filling, int tasks, PrintStream out) {
    HostFilling.Result result = filling.fill(hosts, tasks);
    int expected = Math.min(tasks, hosts * HostFilling.TASKS_PER_HOST);
    checkState(
        result.most() <= HostFilling.TASKS_PER_HOST,
        "%s put %s tasks on one host",
        filling.name(),
        result.most());
    checkState(
        filling instanceof FenzoFilling || result.placed() == expected,
        "%s placed %s of %s tasks that fit",
        filling.name(),
        result.placed(),
        expected);
    double rate = result.placed() / (result.nanos() / 1e9);
    out.printf(
        Locale.ROOT,
        "%-10s %,9d tasks placed of %,9d in %8.3f s: %,12.0f/s, %.1f%% full%n",
        filling.name(),
        result.placed(),
        tasks,
        result.nanos() / 1e9,
        rate,
        100.0 * result.placed() / (hosts * HostFilling.TASKS_PER_HOST));
    return rate;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
