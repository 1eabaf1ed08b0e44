package io.propeller.operator.internal.task;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Task;
import io.propeller.mqtt.codec.Dialect;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.operator.internal.job.Execution;
import io.propeller.operator.internal.job.Jobs;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.status.StatusWriter;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.lifecycle.Liveness.Presence;
import io.propeller.scheduler.lifecycle.TaskLifecycle;
import io.propeller.scheduler.lifecycle.TaskLifecycle.Answer;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.lifecycle.WorkerHealth;
import io.propeller.scheduler.model.NotPlaced;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Takes each Task one step further, until there is nothing to do but wait. */
@ControllerConfiguration(name = "task", finalizerName = PropellerApi.TASK_FINALIZER)
public final class TaskReconciler implements Reconciler<Task>, Cleaner<Task> {

  private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);

  private final SimpleInboundEventSource<Task> news = new SimpleInboundEventSource<>("news");
  private final TaskIndex index = new TaskIndex();
  private final PropletDirectory proplets;
  private final Placements placements;
  private final Answers answers;
  private final Outbox outbox;
  private final Jobs jobs = new Jobs();
  private final OperatorMetrics metrics;
  private final BooleanSupplier connected;
  private final InstantSource clock;

  /**
   * Makes a reconciler.
   *
   * @param connected whether what is sent now can reach a proplet; nothing is dispatched otherwise
   */
  public TaskReconciler(
      PropletDirectory proplets,
      Placements placements,
      Answers answers,
      Outbox outbox,
      OperatorMetrics metrics,
      BooleanSupplier connected,
      InstantSource clock) {
    this.proplets = proplets;
    this.placements = placements;
    this.answers = answers;
    this.outbox = outbox;
    this.metrics = metrics;
    this.connected = connected;
    this.clock = clock;
  }

  /** Returns where Tasks are found by what others know of them. */
  public TaskIndex index() {
    return index;
  }

  /** Has a Task looked at, since something that it depends on has changed. */
  public void wake(ResourceID task) {
    news.propagateEvent(task);
  }

  @Override
  public List<EventSource<?, Task>> prepareEventSources(EventSourceContext<Task> context) {
    index.over(context.getPrimaryCache());
    return List.of(news, jobs.eventSource(context));
  }

  @Override
  public UpdateControl<Task> reconcile(Task task, Context<Task> context) {
    try {
      return advance(task, context);
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) {
        return UpdateControl.<Task>noUpdate().rescheduleAfter(AFTER_CONFLICT);
      }
      throw e;
    }
  }

  private UpdateControl<Task> advance(Task read, Context<Task> context) {
    Task task = read;
    while (true) {
      String uid = task.getMetadata().getUid();
      Arrivals arrivals = arrivals(task);
      answers.settle(uid, arrivals.refused());
      Optional<TaskOutcome> outcome =
          arrivals.outcome().or(unsendable(task)).or(ofJob(task, context));
      Decision decision = decide(task, outcome);
      if (decision instanceof Decision.Place) {
        return place(task, context);
      }
      if (decision instanceof Decision.Wait wait) {
        try {
          run(task, context);
        } catch (IllegalArgumentException e) {
          return fail(task, "InvalidSpec", String.valueOf(e.getMessage()), context);
        }
        return again(wait.until());
      }
      Optional<Task> wanted = step(task, decision, outcome);
      if (wanted.isEmpty()) {
        return UpdateControl.noUpdate();
      }
      Task written = StatusWriter.write(task, wanted.get(), context);
      // Only now that the API server has it may the broker forget it.
      answers.settle(uid, arrivals.recordedBy(decision));
      follow(task, decision, arrivals, context);
      task = written;
    }
  }

  private Arrivals arrivals(Task task) {
    Arrivals arrivals =
        Arrivals.of(
            task,
            answers.of(task.getMetadata().getUid()),
            name -> proplets.identity(proplet(task, WorkerId.of(name))));
    arrivals.refusals().forEach(refusal -> metrics.resultRefused(refusal.name()));
    return arrivals;
  }

  private Supplier<Optional<TaskOutcome>> unsendable(Task task) {
    return () ->
        currentAttempt(task)
            .flatMap(outbox::refusal)
            .map(error -> new TaskOutcome(Optional.empty(), Optional.of(error)));
  }

  private Supplier<Optional<TaskOutcome>> ofJob(Task task, Context<Task> context) {
    return () ->
        runsAsJob(task)
            ? currentAttempt(task)
                .flatMap(attempt -> jobs.outcome(task, attempt, context))
                .map(TaskOutcome::of)
            : Optional.empty();
  }

  /** Returns whether the present attempt is a Job's; what becomes of the proplet matters not. */
  private boolean runsAsJob(Task task) {
    return TaskMapping.run(task) instanceof TaskRun.Dispatched run && isForJob(task, run.worker());
  }

  private boolean isForJob(Task task, WorkerId worker) {
    return proplets
        .kind(proplet(task, worker))
        .filter(kind -> Execution.of(task.getSpec(), kind) == Execution.JOB)
        .isPresent();
  }

  private Decision decide(Task task, Optional<TaskOutcome> outcome) {
    Instant now = clock.instant();
    TaskRun run = TaskMapping.run(task);
    WorkerHealth health =
        run instanceof TaskRun.Dispatched dispatched && !isForJob(task, dispatched.worker())
            ? proplets.health(proplet(task, dispatched.worker()), dispatched.startedAt())
            : new WorkerHealth.Present();
    Optional<WorkerId> place =
        placements
            .answer(TaskMapping.id(task))
            .filter(Placed.class::isInstance)
            .map(placed -> ((Placed) placed).worker());
    return TaskLifecycle.decide(
        run,
        TaskMapping.rules(task),
        new TaskLifecycle.Facts(place, outcome.map(o -> new Answer(o.error())), health, now));
  }

  private UpdateControl<Task> place(Task task, Context<Task> context) {
    Optional<String> missing = Support.missing(task.getSpec());
    if (missing.isPresent()) {
      return fail(task, "NotSupported", missing.get(), context);
    }
    try {
      var unused = StartMessages.module(task.getSpec());
      placements.submit(task.getMetadata().getNamespace(), TaskMapping.request(task));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return fail(task, "InvalidSpec", String.valueOf(e.getMessage()), context);
    }
    if (placements.answer(TaskMapping.id(task)).orElse(null) instanceof NotPlaced refusal
        && !Waits.forRoom(refusal)) {
      StatusWriter.write(
          task,
          TaskStatuses.of(task, clock.instant()).waiting("NoPropletFits", refusal.message()),
          context);
    }
    return UpdateControl.noUpdate();
  }

  private UpdateControl<Task> fail(
      Task task, String reason, String message, Context<Task> context) {
    StatusWriter.write(
        task, TaskStatuses.of(task, clock.instant()).failed(reason, message), context);
    placements.release(task.getMetadata().getNamespace(), TaskMapping.id(task));
    metrics.taskEnded("failed");
    return UpdateControl.noUpdate();
  }

  /** Returns the Task as the decision wants it recorded; empty where it has to wait. */
  private Optional<Task> step(Task task, Decision decision, Optional<TaskOutcome> outcome) {
    TaskStatuses status = TaskStatuses.of(task, clock.instant());
    if (decision instanceof Decision.Dispatch dispatch) {
      return dispatchable(task, dispatch)
          ? Optional.of(status.dispatched(dispatch.worker(), dispatch.attempt()))
          : Optional.empty();
    }
    if (decision instanceof Decision.Interrupt interrupt) {
      return Optional.of(status.interrupted(interrupt.reason()));
    }
    if (decision instanceof Decision.Requeue) {
      return Optional.of(status.requeued());
    }
    if (decision instanceof Decision.Fail fail) {
      return Optional.of(status.failed(Reasons.of(fail.kind()), fail.message()));
    }
    return Optional.of(status.completed(outcome.flatMap(TaskOutcome::results)));
  }

  private boolean dispatchable(Task task, Decision.Dispatch dispatch) {
    if (isForJob(task, dispatch.worker())) {
      return true;
    }
    if (!connected.getAsBoolean()) {
      return false;
    }
    boolean present =
        proplets
            .find(proplet(task, dispatch.worker()))
            .filter(known -> known.presence() == Presence.PRESENT)
            .isPresent();
    if (!present) {
      placements.release(task.getMetadata().getNamespace(), TaskMapping.id(task));
      wake(ResourceID.fromResource(task));
    }
    return present;
  }

  /** Does what follows from a decision, once it is recorded. */
  private void follow(Task before, Decision decision, Arrivals arrivals, Context<Task> context) {
    if (decision instanceof Decision.Dispatch dispatch) {
      outbox.add(new AttemptId(before.getMetadata().getUid(), dispatch.attempt()));
      metrics.taskDispatched();
      return;
    }
    if (decision instanceof Decision.Requeue) {
      return;
    }
    Optional<AttemptId> attempt = currentAttempt(before);
    attempt.ifPresent(outbox::remove);
    placements.release(before.getMetadata().getNamespace(), TaskMapping.id(before));
    // Whoever answered is done; whoever else still runs the task is not wanted any more.
    if (runsAsJob(before)) {
      jobs.stop(before, context);
    } else {
      attempt
          .filter(id -> !arrivals.isAnsweredBy(id))
          .ifPresent(id -> outbox.stop(StartMessages.stop(before, id)));
    }
    metrics.taskEnded(phaseAfter(decision));
  }

  private static String phaseAfter(Decision decision) {
    if (decision instanceof Decision.Complete) {
      return "completed";
    }
    return decision instanceof Decision.Fail ? "failed" : "interrupted";
  }

  /**
   * Has the present attempt run, if that is not done yet.
   *
   * @throws IllegalArgumentException if it cannot be
   */
  private void run(Task task, Context<Task> context) {
    if (!(TaskMapping.run(task) instanceof TaskRun.Dispatched run)) {
      return;
    }
    if (!isForJob(task, run.worker())) {
      send(task);
      return;
    }
    AttemptId attempt = currentAttempt(task).orElseThrow();
    proplets
        .identity(proplet(task, run.worker()))
        .map(identity -> StartMessages.start(task, attempt, identity).env())
        .ifPresent(environment -> jobs.start(task, attempt, environment, context));
  }

  private void send(Task task) {
    if (!(TaskMapping.run(task) instanceof TaskRun.Dispatched dispatched)) {
      return;
    }
    AttemptId attempt = new AttemptId(task.getMetadata().getUid(), dispatched.attempts());
    ResourceID proplet = proplet(task, dispatched.worker());
    Optional<PropletId> identity = proplets.identity(proplet);
    if (!outbox.isDue(attempt) || identity.isEmpty() || !connected.getAsBoolean()) {
      return;
    }
    Dialect dialect =
        Dialect.of(
            proplets
                .find(proplet)
                .flatMap(PropletDirectory.Known::metadata)
                .flatMap(PropletMetadata::wasmRuntime));
    ResourceID id = ResourceID.fromResource(task);
    outbox.send(
        attempt, StartMessages.start(task, attempt, identity.get()), dialect, () -> wake(id));
  }

  @Override
  public DeleteControl cleanup(Task task, Context<Task> context) {
    String uid = task.getMetadata().getUid();
    jobs.stop(task, context);
    if (task.getStatus() != null && !runsAsJob(task)) {
      for (AttemptStatus attempt : task.getStatus().getRunAttempts()) {
        AttemptId id = new AttemptId(uid, attempt.getNumber());
        outbox.remove(id);
        if (attempt.getEndedAt() == null) {
          outbox.stop(StartMessages.stop(task, id));
        }
      }
    }
    placements.release(task.getMetadata().getNamespace(), TaskMapping.id(task));
    answers.settle(uid, answers.of(uid));
    return DeleteControl.defaultDelete();
  }

  private UpdateControl<Task> again(Optional<Instant> at) {
    return at.map(
            instant -> {
              Duration wait = Duration.between(clock.instant(), instant);
              return UpdateControl.<Task>noUpdate().rescheduleAfter(Math.max(1, wait.toMillis()));
            })
        .orElseGet(UpdateControl::noUpdate);
  }

  private static Optional<AttemptId> currentAttempt(Task task) {
    return TaskMapping.run(task) instanceof TaskRun.Dispatched dispatched
        ? Optional.of(new AttemptId(task.getMetadata().getUid(), dispatched.attempts()))
        : Optional.empty();
  }

  private static ResourceID proplet(Task task, WorkerId worker) {
    return new ResourceID(worker.value(), task.getMetadata().getNamespace());
  }
}
