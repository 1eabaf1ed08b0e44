package io.propeller.scheduler.workflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;

/** What is to be done about a step now. */
public sealed interface StepState {

  /**
   * It has ended.
   *
   * @param outcome how
   */
  record Ended(StepOutcome outcome) implements StepState {}

  /** It may start: all that it depends on has ended, and it runs under their outcomes. */
  record Ready() implements StepState {}

  /**
   * It is to be skipped: all that it depends on has ended, and it does not run under their
   * outcomes.
   */
  record ToSkip() implements StepState {}

  /**
   * It waits for others.
   *
   * @param steps the dependencies that have not ended
   * @param missing the dependencies that the workflow does not have, or not yet
   */
  record Waits(ImmutableSortedSet<String> steps, ImmutableSortedSet<String> missing)
      implements StepState {}

  /**
   * It can never start, since it depends on itself.
   *
   * @param path the shortest way round, from this step back to itself; the first and the last name
   *     are its own
   */
  record OnCycle(ImmutableList<String> path) implements StepState {

    /** Says it in words, for example {@code a depends on itself: a -> b -> a}. */
    public String message() {
      return path.get(0) + " depends on itself: " + String.join(" -> ", path);
    }
  }
}
