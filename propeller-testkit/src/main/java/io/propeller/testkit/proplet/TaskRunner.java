package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.testkit.wasm.WasmCall;
import io.propeller.testkit.wasm.WasmOutcome;
import io.propeller.testkit.wasm.WasmSandbox;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a worker's tasks on a few threads, and says what comes of them. */
final class TaskRunner {

  private final WasmPropletOptions options;
  private final WasmSandbox sandbox;
  private final ModuleSource modules;
  private final Consumer<WorkerMessage> publish;
  private final Map<TaskId, Run> runs = new ConcurrentHashMap<>();
  private final ExecutorService threads;
  private final LatentTasks latent;
  private volatile boolean killed;

  TaskRunner(WasmPropletOptions options, Chunks chunks, Consumer<WorkerMessage> publish) {
    this.options = options;
    this.sandbox = new WasmSandbox(options.limits());
    this.modules = new ModuleSource(chunks, publish);
    this.publish = publish;
    this.threads =
        new ThreadPoolExecutor(
            options.threads(),
            options.threads(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "propeller-proplet-" + options.id());
              thread.setDaemon(true);
              return thread;
            },
            // What it is told while it ends is lost, as with any worker that ends.
            new ThreadPoolExecutor.DiscardPolicy());
    this.latent = new LatentTasks(options.id(), sandbox, modules, threads, publish);
  }

  void start(Start start) {
    if (start.latent()) {
      latent.start(start);
      return;
    }
    Run run = new Run(start);
    if (runs.putIfAbsent(start.id(), run) == null) {
      if (start.daemon()) {
        publish.accept(Result.builder().taskId(start.id()).propletId(options.id()).build());
      }
      threads.execute(run);
    }
  }

  void invoke(Invoke invoke) {
    latent.invoke(invoke);
  }

  void stop(TaskId id) {
    latent.stop(id);
    Run run = runs.get(id);
    if (run != null) {
      run.cancel(true);
    }
  }

  Set<TaskId> tasks() {
    return Stream.concat(runs.keySet().stream(), latent.tasks().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Ends all tasks without a word. */
  void kill() {
    killed = true;
    latent.kill();
    close();
  }

  /** Stops all tasks. */
  void close() {
    runs.values().forEach(run -> run.cancel(true));
    latent.close();
    threads.shutdownNow();
  }

  private WasmOutcome run(Start start, Duty duty) throws InterruptedException {
    Bytes module;
    try {
      module = modules.get(start.module());
    } catch (IllegalArgumentException e) {
      return new WasmOutcome.Failed(String.valueOf(e.getMessage()));
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
