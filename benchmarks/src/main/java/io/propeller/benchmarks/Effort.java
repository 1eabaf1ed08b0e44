package io.propeller.benchmarks;

/** How long a benchmark may take. */
public enum Effort {
  /** Under a minute: good enough to see a regression of a third. */
  QUICK,
  /** As long as steady figures need: a few minutes. */
  FULL
}
