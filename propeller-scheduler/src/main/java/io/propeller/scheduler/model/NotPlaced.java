package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/**
 * Says that a task has no worker, and why.
 *
 * @param task the task
 * @param workers how many workers there are
 * @param reasons why not, in the order of {@link Criterion}; each worker that does not fit is
 *     counted under exactly one
 */
public record NotPlaced(TaskId task, int workers, ImmutableList<Reason> reasons)
    implements Placement {

  /** Returns how many workers fit: of a task that waits, none. */
  public int fitting() {
    return workers - reasons.stream().mapToInt(Reason::workers).sum();
  }

  /**
   * Says it in words, for example {@code 0/12 proplets fit: 7 offline, 3 lack capability gpio, 2
   * have too little memory}.
   */
  public String message() {
    String head = "%d/%d proplets fit".formatted(fitting(), workers);
    return reasons.isEmpty()
        ? head
        : reasons.stream().map(Reason::message).collect(Collectors.joining(", ", head + ": ", ""));
  }
}
