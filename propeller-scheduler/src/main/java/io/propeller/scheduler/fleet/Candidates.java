package io.propeller.scheduler.fleet;

import org.jspecify.annotations.Nullable;

/**
 * The workers that satisfy every criterion of a task and have room for it, in the order of their
 * ordinals.
 */
public interface Candidates {

  /** Returns how many there are. */
  int size();

  /**
   * Returns the first candidate whose ordinal is this or greater, or null if there is none. Takes
   * about constant time.
   */
  @Nullable WorkerState firstFrom(int ordinal);

  /**
   * Returns the candidate that {@code rank} others precede. Takes about constant time.
   *
   * @throws IndexOutOfBoundsException if the rank is not from 0 to less than {@link #size()}
   */
  WorkerState get(int rank);

  /** Tells whether this worker is one of them. */
  boolean contains(WorkerState worker);

  /**
   * Returns the candidate of the lowest score, and among equal ones that of the lowest ordinal. The
   * first call with a score looks at every worker; later ones with the same object take time
   * logarithmic in their number. A fleet remembers the last few scores, so an object should be used
   * again rather than made anew for each call.
   *
   * @throws java.util.NoSuchElementException if there are no candidates
   */
  WorkerState lowest(WorkerScore score);
}
