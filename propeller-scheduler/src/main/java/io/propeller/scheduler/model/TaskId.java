package io.propeller.scheduler.model;

import org.jspecify.annotations.Nullable;

/**
 * Identifies a task among all that wait or run.
 *
 * @param value the id, not blank
 */
public record TaskId(String value) implements Comparable<TaskId> {

  /**
   * @throws IllegalArgumentException if the value is blank
   */
  public TaskId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a task's id must not be blank");
    }
  }

  /**
   * Returns the id of this value.
   *
   * @throws IllegalArgumentException if the value is blank
   */
  public static TaskId of(String value) {
    return new TaskId(value);
  }

  // The same as a record's own, which goes over method handles and is slower where ids are looked
  // up all the time.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof TaskId that && value.equals(that.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(TaskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
