package io.propeller.benchmarks.operator;

/** What both contenders have in common. */
final class Writers {

  /** How many threads write to the API server at a time. */
  static final int THREADS = 16;

  private Writers() {}
}
