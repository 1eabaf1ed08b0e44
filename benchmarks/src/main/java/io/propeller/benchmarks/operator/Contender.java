package io.propeller.benchmarks.operator;

/** Something that takes Tasks from their creation to their outcome. */
interface Contender extends AutoCloseable {

  /** Creates that many Tasks and returns when the API server has the outcome of each. */
  void run(int tasks) throws InterruptedException;

  @Override
  void close();
}
