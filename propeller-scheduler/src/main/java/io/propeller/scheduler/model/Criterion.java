package io.propeller.scheduler.model;

/**
 * What a worker must satisfy to be given a task.
 *
 * <p>A worker that does not fit is counted once, under the first criterion that it fails in the
 * order of {@link #NAMED}, then of the others as they are declared. A refusal lists its reasons as
 * they are declared: from what is wrong with the worker itself, over what the task asks of it, to
 * what it has no room for, and last those that were never meant.
 */
public enum Criterion {
  /** It has been heard of and is alive. */
  PHASE,
  /** It takes new tasks. */
  SCHEDULABLE,
  /** It is of the kind asked for. */
  KIND,
  /** Its device type is one of those asked for. */
  DEVICE_TYPE,
  /** It has the label asked for. */
  LABEL,
  /** Its labels satisfy the expression. */
  EXPRESSION,
  /** It can do what is asked for. */
  CAPABILITY,
  /** It has no taint that the task does not tolerate. */
  TAINT,
  /** A condition of the profile asked for is true on it. */
  PROFILE,
  /** It has, when idle, as much as the task takes. */
  CAPACITY,
  /** It runs fewer tasks than its limit. */
  TASK_LIMIT,
  /** It has as much left as the task takes. */
  ROOM,
  /** It is not kept free for a task that has waited too long. */
  HELD,
  /** The policy does not mind it. */
  POLICY,
  /** As many tasks of the gang as it needs find workers too. */
  GANG,
  /** It is the worker that the task names. */
  NAMED
}
