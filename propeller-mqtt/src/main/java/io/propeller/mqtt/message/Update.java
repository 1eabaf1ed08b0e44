package io.propeller.mqtt.message;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/** One participant's contribution to a round of federated learning. */
@Value.Immutable
@Values
public non-sealed interface Update extends StateMessage {

  /** Returns the task that trained. */
  Optional<TaskId> taskId();

  /** Returns the federated job. */
  Optional<String> jobId();

  /** Returns the round. */
  RoundId roundId();

  /** Returns the version of the global model that the training started from. */
  Optional<String> globalVersion();

  /** Returns who trained. */
  Optional<PropletId> propletId();

  /**
   * Returns how many samples it trained on, as the worker says it: any number, and perhaps missing.
   */
  OptionalLong numSamples();

  /**
   * Returns the update's bytes. Where the worker sent the module's own JSON in place of an
   * envelope, they are that JSON, whole.
   */
  Bytes payload();

  /** Returns what the worker says the bytes are, such as {@code json-f64} or {@code f32-delta}. */
  Optional<String> format();

  /** Returns the figures of the training, by name; each is finite. */
  Map<String, Double> metrics();

  /** Returns why there is no update; some workers say so here and send nothing else. */
  Optional<String> error();

  /** Returns a builder. */
  static ImmutableUpdate.Builder builder() {
    return ImmutableUpdate.builder();
  }
}
