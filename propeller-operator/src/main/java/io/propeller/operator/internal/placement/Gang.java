package io.propeller.operator.internal.placement;

import io.propeller.scheduler.model.TaskId;
import java.util.Set;

/**
 * Tasks that ask for their places one by one and are placed together.
 *
 * @param id the same for all of them, and for no others
 * @param tasks all of them
 * @param atLeast how many must be placed at once, from 1 to all; the others follow when there is
 *     room
 */
public record Gang(String id, Set<TaskId> tasks, int atLeast) {

  /**
   * Copies the tasks.
   *
   * @throws IllegalArgumentException if there are fewer than must be placed
   */
  public Gang {
    tasks = Set.copyOf(tasks);
    if (atLeast < 1 || atLeast > tasks.size()) {
      throw new IllegalArgumentException(
          "of a gang of %d tasks from 1 to all must be placed at once, not %d"
              .formatted(tasks.size(), atLeast));
    }
  }
}
