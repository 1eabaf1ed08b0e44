package io.propeller.scheduler.model;

import org.jspecify.annotations.Nullable;

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

  // The same as a record's own, which goes over method handles and is slower where ids are looked
  // up all the time.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof WorkerId that && value.equals(that.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
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
