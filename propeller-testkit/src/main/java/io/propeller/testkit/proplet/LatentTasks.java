package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.ImmutableInvokeResult;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.WorkerMessage;
import io.propeller.testkit.wasm.LoadedModule;
import io.propeller.testkit.wasm.WasmOutcome;
import io.propeller.testkit.wasm.WasmSandbox;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Keeps the modules of latent tasks, and calls them when it is told to. */
final class LatentTasks {

  private final PropletId worker;
  private final WasmSandbox sandbox;
  private final ModuleSource modules;
  private final Executor threads;
  private final Consumer<WorkerMessage> publish;
  private final Map<TaskId, Kept> kept = new ConcurrentHashMap<>();
  private volatile boolean killed;

  LatentTasks(
      PropletId worker,
      WasmSandbox sandbox,
      ModuleSource modules,
      Executor threads,
      Consumer<WorkerMessage> publish) {
    this.worker = worker;
    this.sandbox = sandbox;
    this.modules = modules;
    this.threads = threads;
    this.publish = publish;
  }

  /** Loads a module and keeps it, without a word unless that fails; one that is kept stays. */
  void start(Start start) {
    Kept task = new Kept(start);
    if (kept.putIfAbsent(start.id(), task) == null) {
      threads.execute(task);
    }
  }

  /** Calls a task that is kept. Whom a call is for alone, and who keeps no such task, says so. */
  void invoke(Invoke invoke) {
    Kept task = kept.get(invoke.id());
    if (task != null) {
      Call call = new Call(task, invoke);
      task.calls.add(call);
      threads.execute(call);
    } else if (invoke.target() instanceof Target.One) {
      publish.accept(
          answer(invoke).error("no latent task %s is kept here".formatted(invoke.id())).build());
    }
  }

  /** Forgets a task, and ends all calls of it. */
  void stop(TaskId id) {
    Kept task = kept.remove(id);
    if (task != null) {
      task.end();
    }
  }

  Set<TaskId> tasks() {
    return Set.copyOf(kept.keySet());
  }

  /** Forgets all tasks without a word. */
  void kill() {
    killed = true;
    close();
  }

  /** Ends all calls and forgets all tasks. */
  void close() {
    kept.keySet().forEach(this::stop);
  }

  private ImmutableInvokeResult.Builder answer(Invoke invoke) {
    return InvokeResult.builder()
        .taskId(invoke.id())
        .invocationId(invoke.invocationId())
        .propletId(worker);
  }

  private static String reason(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
  }

  private LoadedModule load(Start start) throws InterruptedException {
    Bytes module = modules.get(start.module());
    return sandbox.load(module, start.name());
  }

  /** A task and its module. */
  private final class Kept extends FutureTask<LoadedModule> {

    private final Start start;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    Kept(Start start) {
      super(() -> load(start));
      this.start = start;
    }

    @Override
    protected void done() {
      try {
        var unused = get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (CancellationException e) {
        say(Duty.STOPPED);
      } catch (ExecutionException e) {
        kept.remove(start.id(), this);
        say(reason(e));
      }
    }

    private void say(String error) {
      if (!killed) {
        publish.accept(Result.builder().taskId(start.id()).propletId(worker).error(error).build());
      }
    }

    void end() {
      cancel(true);
      calls.forEach(call -> call.cancel(true));
    }
  }

  /** One call of a task. */
  private final class Call extends FutureTask<WasmOutcome> {

    private final Kept task;
    private final Invoke invoke;

    Call(Kept task, Invoke invoke) {
      super(() -> sandbox.run(task.get(), invoke.inputs(), environment(task.start, invoke)));
      this.task = task;
      this.invoke = invoke;
    }

    @Override
    protected void done() {
      task.calls.remove(this);
      if (killed) {
        return;
      }
      WasmOutcome outcome = outcome();
      publish.accept(
          outcome instanceof WasmOutcome.Completed completed
              ? answer(invoke).output(TaskOutput.text(completed.output())).build()
              : answer(invoke)
                  .error(
                      outcome instanceof WasmOutcome.Failed failed ? failed.reason() : Duty.STOPPED)
                  .build());
    }

    private WasmOutcome outcome() {
      try {
        return get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new WasmOutcome.Cancelled();
      } catch (CancellationException e) {
        return new WasmOutcome.Cancelled();
      } catch (ExecutionException e) {
        return new WasmOutcome.Failed("the task could not be loaded: " + reason(e));
      }
    }
  }

  private Map<String, String> environment(Start start, Invoke invoke) {
    Map<String, String> environment = new HashMap<>(start.env());
    environment.putAll(invoke.env());
    environment.putIfAbsent("PROPLET_ID", worker.value());
    return environment;
  }
}
