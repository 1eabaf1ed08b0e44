package io.propeller.benchmarks.scheduler;

/** A scheduler that fills hosts of four CPUs and 4 GB with tasks of one CPU and 1 GB. */
interface HostFilling {

  /** How many tasks a host holds. */
  int TASKS_PER_HOST = 4;

  /**
   * What came of it.
   *
   * @param placed how many tasks were placed
   * @param most how many are on the host that has most
   * @param nanos how long it took, the hosts' coming left out
   */
  record Result(int placed, int most, long nanos) {}

  /** Returns the scheduler's name. */
  String name();

  /** Places as many of so many tasks as fit. */
  Result fill(int hosts, int tasks);
}
