package io.propeller.mqtt.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * Tells a worker, or all of a channel, to run a task.
 *
 * <p>One that would break a rule of the workers, who then say nothing, cannot be built: it names
 * its target, its function and its module.
 */
@Value.Immutable
@Values
public non-sealed interface Start extends OperatorMessage {

  /** What a task is. */
  enum Kind {
    /** Runs once and gives back a text. */
    STANDARD,
    /** Trains for a round of federated learning. */
    FEDERATED
  }

  /** What a machine-learning task does. */
  enum Mode {
    /** Applies a model. */
    INFER,
    /** Trains one. */
    TRAIN
  }

  /** The state that the operator sends: scheduled. */
  int SCHEDULED = 1;

  /**
   * Returns the id that the Result will carry; one per attempt, since a Stop goes to whoever runs
   * it.
   */
  TaskId id();

  /** Returns the exported function to call; never empty. */
  String name();

  /** Returns who is to run it. */
  Target target();

  /** Returns the module. */
  WasmModule module();

  /** Returns the task's state, 0 to 255. */
  @Value.Default
  default int state() {
    return SCHEDULED;
  }

  /** Returns what the task is. */
  @Value.Default
  default Kind kind() {
    return Kind.STANDARD;
  }

  /** Returns the function's arguments, as text. */
  List<String> inputs();

  /** Returns the program's arguments. */
  List<String> cliArgs();

  /** Returns the environment, in the order in which it is written. */
  Map<String, String> env();

  /** Returns whether the task goes on by itself: its Result then says only that it started. */
  @Value.Default
  default boolean daemon() {
    return false;
  }

  /** Returns whether the module is encrypted; it is then an image, never inside the message. */
  @Value.Default
  default boolean encrypted() {
    return false;
  }

  /** Returns whether the module is kept for calls by Invoke. */
  @Value.Default
  default boolean latent() {
    return false;
  }

  /** Returns what a machine-learning task does. */
  Optional<Mode> mode();

  /** Returns where the key of an encrypted module is. */
  Optional<String> kbsResourcePath();

  /** Returns where the worker keeps files for the task. */
  Optional<String> halStoragePath();

  /** Returns the task's priority. */
  OptionalInt priority();

  /** Returns the user's metadata, a JSON object. */
  Optional<Json> metadata();

  /** Returns what to measure while the task runs. */
  Optional<MonitoringProfile> monitoringProfile();

  /** Refuses what a worker would drop without a word. */
  @Value.Check
  default void check() {
    Names.check("name", name());
    if (state() < 0 || state() > 255) {
      throw new IllegalArgumentException("state must be from 0 to 255, not " + state());
    }
    if (encrypted() && module() instanceof WasmModule.Inline) {
      throw new IllegalArgumentException(
          "an encrypted module is sent by image, not inside the Start");
    }
    if (metadata().isPresent() && !metadata().get().isObject()) {
      throw new IllegalArgumentException("metadata must be a JSON object");
    }
  }

  /** Returns a builder. */
  static ImmutableStart.Builder builder() {
    return ImmutableStart.builder();
  }
}
