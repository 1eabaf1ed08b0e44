package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.testkit.wasm.WasmCall;
import io.propeller.testkit.wasm.WasmOutcome;
import io.propeller.testkit.wasm.WasmSandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs a worker's tasks on a few threads, and says what comes of them. */
final class TaskRunner {

  private static final Duration CHUNKS_LIMIT = Duration.ofSeconds(60);

  private final WasmPropletOptions options;
  private final WasmSandbox sandbox;
  private final Chunks chunks;
  private final Consumer<WorkerMessage> publish;
  private final Map<TaskId, Run> runs = new ConcurrentHashMap<>();
  private final ExecutorService threads;
  private volatile boolean killed;

  TaskRunner(WasmPropletOptions options, Chunks chunks, Consumer<WorkerMessage> publish) {
    this.options = options;
    this.sandbox = new WasmSandbox(options.limits());
    this.chunks = chunks;
    this.publish = publish;
    this.threads =
        Executors.newFixedThreadPool(
            options.threads(),
            task -> {
              Thread thread = new Thread(task, "propeller-proplet-" + options.id());
              thread.setDaemon(true);
              return thread;
            });
  }

  void start(Start start) {
    Run run = new Run(start);
    if (runs.putIfAbsent(start.id(), run) == null) {
      if (start.daemon()) {
        publish.accept(Result.builder().taskId(start.id()).propletId(options.id()).build());
      }
      threads.execute(run);
    }
  }

  void stop(TaskId id) {
    Run run = runs.get(id);
    if (run != null) {
      run.cancel(true);
    }
  }

  Set<TaskId> tasks() {
    return Set.copyOf(runs.keySet());
  }

  /** Ends all tasks without a word. */
  void kill() {
    killed = true;
    close();
  }

  /** Stops all tasks. */
  void close() {
    runs.values().forEach(run -> run.cancel(true));
    threads.shutdownNow();
  }

  private WasmOutcome run(Start start, Duty duty) throws InterruptedException {
    Bytes module;
    if (start.module() instanceof WasmModule.Inline inline) {
      module = inline.bytes();
    } else {
      String image = ((WasmModule.Image) start.module()).reference();
      if (image.startsWith("http://") || image.startsWith("https://")) {
        return new WasmOutcome.Failed("this worker fetches no addresses: " + image);
      }
      try {
        module = fetch(image);
      } catch (TimeoutException | ExecutionException e) {
        return new WasmOutcome.Failed("Timeout waiting for binary chunks: " + image);
      }
    }
    Map<String, String> environment = new HashMap<>(start.env());
    environment.putIfAbsent("PROPLET_ID", options.id().value());
    duty.prepare(environment);
    WasmOutcome outcome =
        sandbox.run(
            new WasmCall(module, start.name(), start.inputs(), start.cliArgs(), environment));
    if (outcome instanceof WasmOutcome.Completed completed) {
      duty.deliver(completed.output());
    }
    return outcome;
  }

  private Bytes fetch(String image)
      throws InterruptedException, ExecutionException, TimeoutException {
    var module = chunks.module(image);
    if (!module.isDone()) {
      publish.accept(FetchRequest.of(image));
    }
    return module.get(CHUNKS_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** One run of a task. */
  private final class Run extends FutureTask<WasmOutcome> {

    private final Start start;
    private final Duty duty;

    Run(Start start) {
      this(start, Duty.of(start, options.id(), publish));
    }

    private Run(Start start, Duty duty) {
      super(() -> TaskRunner.this.run(start, duty));
      this.start = start;
      this.duty = duty;
    }

    /** Forgets the task before its Result goes out, since it may be sent again on that. */
    @Override
    protected void done() {
      runs.remove(start.id(), this);
      if (!killed && !start.daemon()) {
        duty.result(outcome()).ifPresent(publish);
      }
    }

    private WasmOutcome outcome() {
      if (isCancelled()) {
        return new WasmOutcome.Cancelled();
      }
      try {
        return get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new WasmOutcome.Cancelled();
      } catch (ExecutionException e) {
        return new WasmOutcome.Failed("the worker failed: " + e.getCause());
      }
    }
  }
}
