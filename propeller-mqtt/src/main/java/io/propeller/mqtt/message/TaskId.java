package io.propeller.mqtt.message;

/**
 * Identifies one attempt at a task: what a Start carries as {@code id} and its Result as {@code
 * task_id}.
 *
 * @param value 1 to 256 characters, none of them a control character
 */
public record TaskId(String value) {

  /**
   * Checks the identifier.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a control
   *     character
   */
  public TaskId {
    Names.check("task id", value);
  }

  /**
   * Returns the identifier with this text.
   *
   * @throws IllegalArgumentException if {@code value} is empty, too long, or holds a control
   *     character
   */
  public static TaskId of(String value) {
    return new TaskId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
