package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.ImmutableResult;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.testkit.wasm.WasmOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains: fetches the model, sends the update to the coordinator, or to the round's topic when that
 * fails, and once more inside the Result.
 *
 * @param task what is trained
 * @param coordinator how the coordinator is reached
 * @param publish says something to the channel
 */
record FederatedDuty(FederatedTask task, Coordinator coordinator, Consumer<WorkerMessage> publish)
    implements Duty {

  @Override
  public void prepare(Map<String, String> environment) throws InterruptedException {
    if (task.modelUrl().isPresent()) {
      coordinator
          .get(task.modelUrl().get())
          .ifPresent(model -> environment.put("MODEL_DATA", model));
    }
  }

  @Override
  public void deliver(String output) throws InterruptedException {
    if (task.updateUrl().isPresent() && !coordinator.post(task.updateUrl().get(), output)) {
      publish.accept(task.update(output));
    }
  }

  @Override
  public Optional<Result> result(WasmOutcome outcome) {
    if (task.updateUrl().isEmpty()) {
      return Optional.empty();
    }
    if (outcome instanceof WasmOutcome.Completed completed) {
      return Optional.of(envelope(completed.output()).build());
    }
    return outcome instanceof WasmOutcome.Cancelled
        ? Optional.of(envelope("").error(STOPPED).build())
        : Optional.of(Duty.failure(task.start(), task.worker(), outcome));
  }

  private ImmutableResult.Builder envelope(String output) {
    return Result.builder()
        .taskId(task.start().id())
        .output(new TaskOutput.Federated(task.update(output)));
  }
}
