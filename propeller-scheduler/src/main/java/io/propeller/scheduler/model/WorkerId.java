package io.propeller.scheduler.model;

/**
 * Identifies a worker within its fleet.
 *
 * @param value the id, not blank
 */
public record WorkerId(String value) implements Comparable<WorkerId> {

  /**
   * @throws IllegalArgumentException if the value is blank
   */
  public WorkerId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a worker's id must not be blank");
    }
  }

  /**
   * Returns the id of this value.
   *
   * @throws IllegalArgumentException if the value is blank
   */
  public static WorkerId of(String value) {
    return new WorkerId(value);
  }

  @Override
  public int compareTo(WorkerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
