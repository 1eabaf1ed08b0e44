package io.propeller.scheduler.fleet;

import org.jspecify.annotations.Nullable;

/**
 * The workers that satisfy every criterion of a task and have room for it, in the order of their
 * ordinals.
 */
public interface Candidates {

  /** Returns the first candidate whose ordinal is this or greater, or null if there is none. */
  @Nullable WorkerState firstFrom(int ordinal);
}
