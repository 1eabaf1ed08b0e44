package io.propeller.mqtt.message;

import java.util.Optional;
import org.immutables.value.Value;

/**
 * Tells whoever runs a task to stop it. It does nothing to a daemon, nor to a task that waits for
 * its chunks.
 */
@Value.Immutable
@Values
public non-sealed interface Stop extends OperatorMessage {

  /** Returns the id of the Start. */
  TaskId id();

  /** Returns the name that the Start carried; embedded workers read a Stop only with one. */
  @Value.Default
  default String name() {
    return id().value();
  }

  /** Returns whom the operator believes to run it; workers do not look. */
  Optional<Target> target();

  /** Refuses an empty name. */
  @Value.Check
  default void check() {
    Names.check("name", name());
  }

  /** Returns a Stop for the task, wherever it runs. */
  static Stop of(TaskId id) {
    return builder().id(id).build();
  }

  /** Returns a builder. */
  static ImmutableStop.Builder builder() {
    return ImmutableStop.builder();
  }
}
