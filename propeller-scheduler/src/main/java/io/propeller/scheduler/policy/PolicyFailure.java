package io.propeller.scheduler.policy;

import io.propeller.scheduler.model.TaskId;
import java.time.Duration;

/** Says how a policy, a filter or a scorer lost its turn. */
public sealed interface PolicyFailure {

  /** The name of what failed. */
  String part();

  /** The task that it was asked about. */
  TaskId task();

  /**
   * It threw.
   *
   * @param part the name of what failed
   * @param task the task that it was asked about
   * @param cause what it threw
   */
  record Threw(String part, TaskId task, Throwable cause) implements PolicyFailure {}

  /**
   * It returned what it must not.
   *
   * @param part the name of what failed
   * @param task the task that it was asked about
   * @param returned what it returned, in words
   */
  record OutOfRange(String part, TaskId task, String returned) implements PolicyFailure {}

  /**
   * It took longer than allowed.
   *
   * @param part the name of what failed
   * @param task the task that it was asked about
   * @param taken how long it took
   */
  record TooSlow(String part, TaskId task, Duration taken) implements PolicyFailure {}
}
