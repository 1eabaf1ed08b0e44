package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.testkit.wasm.WasmOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a worker does before and after a module runs, and what it says then. */
interface Duty {

  /** What a Result says of a task that was stopped. */
  String STOPPED = "Task was cancelled or panicked";

  /** Returns what a task asks for. */
  static Duty of(Start start, PropletId worker, Consumer<WorkerMessage> publish) {
    return FederatedTask.of(start, worker)
        .<Duty>map(task -> new FederatedDuty(task, new Coordinator(), publish))
        .orElseGet(() -> new StandardDuty(start, worker));
  }

  /** Adds what the module is to find in its environment. */
  default void prepare(Map<String, String> environment) throws InterruptedException {}

  /** Takes what the module gave back, before the Result says so. */
  default void deliver(String output) throws InterruptedException {}

  /** Returns what is said of the outcome; empty for nothing. */
  Optional<Result> result(WasmOutcome outcome);

  /** Returns the Result of a task that did not complete. */
  static Result failure(Start start, PropletId worker, WasmOutcome outcome) {
    String error = outcome instanceof WasmOutcome.Failed failed ? failed.reason() : STOPPED;
    return Result.builder().taskId(start.id()).propletId(worker).error(error).build();
  }

  /**
   * A task that gives back a text.
   *
   * @param start what it was started with
   * @param worker who runs it
   */
  record StandardDuty(Start start, PropletId worker) implements Duty {

    @Override
    public Optional<Result> result(WasmOutcome outcome) {
      if (!(outcome instanceof WasmOutcome.Completed completed)) {
        return Optional.of(failure(start, worker, outcome));
      }
      return Optional.of(
          Result.builder()
              .taskId(start.id())
              .propletId(worker)
              .output(TaskOutput.text(completed.output()))
              .build());
    }
  }
}
