package io.propeller.scheduler.batch;

import com.google.common.collect.ImmutableList;

/** Why the tasks of a batch can never all have their turn. */
public sealed interface BatchProblem {

  /** Says it in words, for people. */
  String message();

  /** There is no task. */
  record Empty() implements BatchProblem {
    @Override
    public String message() {
      return "there is no task";
    }
  }

  /**
   * A task depends on one that the batch does not have.
   *
   * @param step the one that depends
   * @param dependency what it names
   */
  record UnknownDependency(String step, String dependency) implements BatchProblem {
    @Override
    public String message() {
      return "%s depends on %s, which is the name of no task of the batch"
          .formatted(step, dependency);
    }
  }

  /**
   * A task depends on itself, over others or not.
   *
   * @param path the way round; the first and the last name are equal
   */
  record Cycle(ImmutableList<String> path) implements BatchProblem {
    @Override
    public String message() {
      return path.get(0) + " depends on itself: " + String.join(" -> ", path);
    }
  }

  /**
   * A task of a batch that runs in order depends on one that comes after it.
   *
   * @param step the one that depends
   * @param dependency what it names
   */
  record OutOfOrder(String step, String dependency) implements BatchProblem {
    @Override
    public String message() {
      return "%s depends on %s, which comes after it in the order in which they run"
          .formatted(step, dependency);
    }
  }
}
