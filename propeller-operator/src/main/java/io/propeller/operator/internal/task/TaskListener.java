package io.propeller.operator.internal.task;

import io.propeller.api.v1.Task;
import org.jspecify.annotations.Nullable;

/** Is told of each Task that comes, changes or goes, by the thread that reads of it. */
@FunctionalInterface
public interface TaskListener {

  /**
   * Takes note of a change, without delay.
   *
   * @param before the Task as it was; null if it has come
   * @param after the Task as it is; null if it has gone
   */
  void changed(@Nullable Task before, @Nullable Task after);
}
