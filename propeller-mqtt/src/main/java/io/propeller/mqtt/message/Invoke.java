package io.propeller.mqtt.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** Calls a latent task, which a Start has put there before. */
@Value.Immutable
@Values
public non-sealed interface Invoke extends OperatorMessage {

  /** Returns the id of the Start. */
  TaskId id();

  /** Returns the id that the InvokeResult will carry. */
  Optional<String> invocationId();

  /** Returns the function's arguments, as text. */
  List<String> inputs();

  /** Returns the environment. */
  Map<String, String> env();

  /** Returns who is to run it. */
  Target target();

  /** Returns a builder. */
  static ImmutableInvoke.Builder builder() {
    return ImmutableInvoke.builder();
  }
}
