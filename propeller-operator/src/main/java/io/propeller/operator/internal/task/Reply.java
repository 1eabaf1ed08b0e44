package io.propeller.operator.internal.task;

import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.StateMessage;
import io.propeller.mqtt.message.TaskId;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.Optional;

/**
 * What a worker says has come of an attempt, whichever message said so.
 *
 * @param delivery what brought it
 * @param result what it says; its task is the attempt
 * @param called the attempt of the latent task that was called, where the message is of a call
 */
public record Reply(
    Delivery<? extends StateMessage> delivery, Result result, Optional<TaskId> called) {

  /** Returns what a result says. */
  public static Reply of(Delivery<Result> delivery) {
    return new Reply(delivery, delivery.message(), Optional.empty());
  }

  /** Returns what has come of a call; empty if it does not say of which that could be. */
  public static Optional<Reply> ofCall(Delivery<InvokeResult> delivery) {
    InvokeResult said = delivery.message();
    return said.invocationId()
        .filter(id -> AttemptId.parse(id).isPresent())
        .map(
            id ->
                new Reply(
                    delivery,
                    Result.builder()
                        .taskId(TaskId.of(id))
                        .propletId(said.propletId())
                        .output(said.output())
                        .error(said.error().filter(error -> !error.isEmpty()))
                        .build(),
                    Optional.of(said.taskId())));
  }

  /** Tells the broker that it may be forgotten. */
  void acknowledge() {
    delivery.acknowledge();
  }
}
