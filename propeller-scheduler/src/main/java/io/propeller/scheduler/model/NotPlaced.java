package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/**
 * Says that no worker fits the task, and why.
 *
 * @param task the task
 * @param workers how many workers there are, the sum over all reasons
 * @param reasons why not, in the order of {@link Criterion}; each worker is counted under exactly
 *     one
 */
public record NotPlaced(TaskId task, int workers, ImmutableList<Reason> reasons)
    implements Placement {

  /**
   * Says it in words, for example {@code 0/12 proplets fit: 7 offline, 3 lack capability gpio, 2
   * have too little memory}.
   */
  public String message() {
    String head = "0/%d proplets fit".formatted(workers);
    return reasons.isEmpty()
        ? head
        : reasons.stream().map(Reason::message).collect(Collectors.joining(", ", head + ": ", ""));
  }
}
