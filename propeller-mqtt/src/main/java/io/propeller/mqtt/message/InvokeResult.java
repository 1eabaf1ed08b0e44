package io.propeller.mqtt.message;

import java.util.Optional;
import org.immutables.value.Value;

/** What came of one call of a latent task. */
@Value.Immutable
@Values
public non-sealed interface InvokeResult extends StateMessage {

  /** Returns the id of the Start. */
  TaskId taskId();

  /** Returns the id of the Invoke. */
  Optional<String> invocationId();

  /** Returns who ran it. */
  Optional<PropletId> propletId();

  /** Returns what the call gave back. */
  @Value.Default
  default TaskOutput output() {
    return TaskOutput.NOTHING;
  }

  /** Returns why the call failed; missing for one that did not. */
  Optional<String> error();

  /** Returns a builder. */
  static ImmutableInvokeResult.Builder builder() {
    return ImmutableInvokeResult.builder();
  }
}
