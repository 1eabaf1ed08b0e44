package io.propeller.scheduler.placement;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;

/**
 * What is placed together: a task, or a gang.
 *
 * @param tasks the tasks, at least one
 * @param atLeast how many of them must be placed at once, from 1 to all
 * @param since when it began to wait, in milliseconds since the epoch
 * @param turn the moment that orders those that wait: {@code since}, earlier by the ageing step for
 *     each point of priority
 * @param sequence tells apart units of one turn, the older the smaller
 */
record Unit(ImmutableList<TaskRequest> tasks, int atLeast, long since, long turn, long sequence)
    implements Comparable<Unit> {

  TaskRequest first() {
    return tasks.get(0);
  }

  boolean isGang() {
    return tasks.size() > 1;
  }

  /** Returns the tasks but one. */
  ImmutableList<TaskRequest> without(TaskId task) {
    return tasks.stream().filter(one -> !one.id().equals(task)).collect(toImmutableList());
  }

  @Override
  public int compareTo(Unit other) {
    int byTurn = Long.compare(turn, other.turn);
    return byTurn == 0 ? Long.compare(sequence, other.sequence) : byTurn;
  }
}
