package io.propeller.mqtt.message;

import java.util.Optional;
import org.immutables.value.Value;

/** What came of a task; there is one per Start, and a broadcast has one from each worker. */
@Value.Immutable
@Values
public non-sealed interface Result extends StateMessage {

  /** Returns the id of the Start. */
  TaskId taskId();

  /**
   * Returns who ran the task, where it says so: workers leave it out, but for a federated task the
   * update names them.
   */
  Optional<PropletId> propletId();

  /**
   * Returns what the task gave back; empty text for one that failed, and for a daemon that has just
   * started.
   */
  @Value.Default
  default TaskOutput output() {
    return TaskOutput.NOTHING;
  }

  /** Returns why the task failed; never empty text. Missing for one that did not. */
  Optional<String> error();

  /** Refuses an error that says nothing. */
  @Value.Check
  default void check() {
    if (error().isPresent() && error().get().isEmpty()) {
      throw new IllegalArgumentException("error must not be empty; leave it out for a success");
    }
  }

  /** Returns a builder. */
  static ImmutableResult.Builder builder() {
    return ImmutableResult.builder();
  }
}
