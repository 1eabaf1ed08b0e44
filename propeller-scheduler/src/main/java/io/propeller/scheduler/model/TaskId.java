package io.propeller.scheduler.model;

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

  @Override
  public int compareTo(TaskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
