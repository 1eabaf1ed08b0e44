package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskKind;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.OperatorMessage;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.operator.internal.job.Execution;
import io.propeller.operator.internal.module.Modules;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells proplets to run what is recorded as theirs, and to stop what is not any more. */
final class Dispatcher {

  private final PropletDirectory proplets;
  private final Outbox outbox;
  private final Stops stops;
  private final Dependencies dependencies;
  private final Modules modules;
  private final Federation federation;
  private final BooleanSupplier connected;
  private final Consumer<ResourceID> wake;

  Dispatcher(
      PropletDirectory proplets,
      Outbox outbox,
      Stops stops,
      Dependencies dependencies,
      Modules modules,
      Federation federation,
      BooleanSupplier connected,
      Consumer<ResourceID> wake) {
    this.proplets = proplets;
    this.outbox = outbox;
    this.stops = stops;
    this.dependencies = dependencies;
    this.modules = modules;
    this.federation = federation;
    this.connected = connected;
    this.wake = wake;
  }

  /** Returns whether what is sent now can reach a proplet. */
  boolean isConnected() {
    return connected.getAsBoolean();
  }

  /** Returns whether a proplet is there. */
  boolean isPresent(Task task, WorkerId worker) {
    return proplets.isPresent(TaskMapping.proplet(task, worker));
  }

  /**
   * Has the Start sent of the attempt that a decision begins, once that is recorded. To be called
   * before it is: nobody who reads of the attempt may take it for one that was sent, and the answer
   * of the API server may be lost.
   */
  void begin(Task task, Decision decision) {
    if (decision instanceof Decision.Dispatch dispatch) {
      outbox.add(new AttemptId(task.getMetadata().getUid(), dispatch.attempt()));
    } else if (decision instanceof Decision.Broadcast broadcast) {
      outbox.add(new AttemptId(task.getMetadata().getUid(), broadcast.attempt()));
    }
  }

  /** Sends the Start of the present attempt, if that is due and can be done now. */
  void send(Task task) {
    AttemptId attempt = TaskRuns.current(task).orElse(null);
    if (attempt == null || !outbox.isDue(attempt) || !isConnected()) {
      return;
    }
    if (TaskRuns.of(task) instanceof TaskRun.Dispatched run) {
      ResourceID proplet = TaskMapping.proplet(task, run.worker());
      proplets
          .identity(proplet)
          .ifPresent(identity -> send(task, attempt, Target.proplet(identity), dialect(proplet)));
    } else {
      send(task, attempt, Target.broadcast(), Dialect.WASMTIME);
    }
  }

  private void send(Task task, AttemptId attempt, Target target, Dialect dialect) {
    if (Invocations.isOne(task)) {
      Map<String, String> results = dependencies.results(task);
      send(task, attempt, Invocations.invoke(task, attempt, target, results), dialect);
      return;
    }
    ResourceID id = ResourceID.fromResource(task);
    Start start = StartMessages.start(task, attempt, target, environment(task, dialect));
    if (!(start.module() instanceof WasmModule.Image image)
        || !Execution.isImage(task.getSpec())
        || start.encrypted()) {
      send(task, attempt, start, dialect);
      return;
    }
    // Workers keep what they have seen under a name: it must stand for the content.
    Modules.Answer answer = modules.resolve(image.reference(), () -> wake.accept(id));
    if (answer instanceof Modules.Answer.Found found) {
      Start named = Start.builder().from(start).module(WasmModule.image(found.name())).build();
      send(task, attempt, named, dialect);
    } else if (answer instanceof Modules.Answer.Missing missing) {
      outbox.refuse(attempt, missing.reason());
      wake.accept(id);
    }
  }

  private void send(Task task, AttemptId attempt, OperatorMessage message, Dialect dialect) {
    ResourceID id = ResourceID.fromResource(task);
    // Those that call a latent task wait until it is told to its worker.
    Runnable onSent = task.getSpec().isLatent() ? () -> wake.accept(id) : () -> {};
    outbox.send(attempt, message, dialect, onSent, () -> wake.accept(id));
  }

  /** Returns what a worker finds in its environment besides what the spec says. */
  private Map<String, String> environment(Task task, Dialect dialect) {
    Map<String, String> environment = new HashMap<>(dependencies.results(task));
    if (task.getSpec().getKind() == TaskKind.FEDERATED && dialect == Dialect.WASMTIME) {
      environment.putAll(federation.environment(task));
    }
    return environment;
  }

  /** Gives up an attempt: whoever runs it is to stop, unless it is a call, which nothing stops. */
  void stop(Task task, AttemptId attempt) {
    if (Invocations.isOne(task)) {
      return;
    }
    Set<WorkerId> workers =
        TaskRuns.of(task) instanceof TaskRun.Broadcasting run
            ? run.open()
            : TaskRuns.attempt(task, attempt.number())
                .map(AttemptStatus::getProplet)
                .map(WorkerId::of)
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    Set<ResourceID> known =
        workers.stream()
            .map(worker -> TaskMapping.proplet(task, worker))
            .filter(proplet -> proplets.find(proplet).isPresent())
            .collect(Collectors.toUnmodifiableSet());
    stops.stop(attempt, task.functionToCall(), known);
  }

  /** Forgets an attempt that needs no Start any more. */
  void remove(AttemptId attempt) {
    outbox.remove(attempt);
  }

  /** Gives up all that may still run of a task. */
  void stopAll(Task task) {
    if (task.getStatus() == null) {
      return;
    }
    for (AttemptStatus attempt : task.getStatus().getRunAttempts()) {
      AttemptId id = new AttemptId(task.getMetadata().getUid(), attempt.getNumber());
      outbox.remove(id);
      if (attempt.getEndedAt() == null) {
        stop(task, id);
      }
    }
  }

  private Dialect dialect(ResourceID proplet) {
    return Dialect.of(
        proplets
            .find(proplet)
            .flatMap(PropletDirectory.Known::metadata)
            .flatMap(PropletMetadata::wasmRuntime));
  }
}
