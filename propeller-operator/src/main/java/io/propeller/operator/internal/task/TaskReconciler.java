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
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskKind;
import io.propeller.fl.store.ModelStore;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.event.Happening;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.module.Modules;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.profile.ProfileWatch;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.status.StatusWriter;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.Decision;
import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.RunRules;
import io.propeller.scheduler.lifecycle.TaskLifecycle;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Takes each Task one step further, until there is nothing to do but wait. */
@ControllerConfiguration(name = "task", finalizerName = PropellerApi.TASK_FINALIZER)
public final class TaskReconciler implements Reconciler<Task>, Cleaner<Task> {

  private static final String NOTHING_FITS = "NoPropletFits";
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final TaskNews news = new TaskNews();
  private final TaskIndex index = new TaskIndex(news);
  private final Dependencies dependencies;
  private final LargeResults large;
  private final TaskLoads loads;
  private final Placer placer;
  private final Answers answers;
  private final FactFinder facts;
  private final Callees callees;
  private final Dispatcher dispatcher;
  private final JobAttempts jobs;
  private final Federation federation;
  private final Besides besides;
  private final Aftermath aftermath;
  private final Stops stops;
  private final Events events;
  private final InstantSource clock;

  /**
   * Makes a reconciler.
   *
   * @param federation the rounds that federated Tasks take part in
   * @param store where results go that are too large for a status
   * @param refresh how often at most what a task measures is written while nothing else changes
   * @param connected whether what is sent now can reach a proplet; nothing is dispatched otherwise
   */
  public TaskReconciler(
      PropletDirectory proplets,
      Placements placements,
      Answers answers,
      Outbox outbox,
      Stops stops,
      ProfileWatch profiles,
      Modules modules,
      Federation federation,
      Optional<ModelStore> store,
      Duration refresh,
      Events events,
      OperatorMetrics metrics,
      BooleanSupplier connected,
      InstantSource clock) {
    this.large = new LargeResults(store);
    this.dependencies = new Dependencies(index, large);
    this.loads = new TaskLoads(proplets, refresh, clock);
    this.placer = new Placer(placements, modules, federation);
    this.answers = answers;
    this.jobs = new JobAttempts(proplets, dependencies);
    this.federation = federation;
    this.facts =
        new FactFinder(
            proplets, placements, answers, outbox, jobs, dependencies, profiles, metrics, clock);
    this.callees = new Callees(index, proplets, outbox::isUnsent);
    this.dispatcher =
        new Dispatcher(
            proplets, outbox, stops, dependencies, modules, federation, connected, this::wake);
    this.events = events;
    this.besides = new Besides(dependencies);
    this.aftermath =
        new Aftermath(placer, jobs, dispatcher, stops, dependencies, metrics, this::wake);
    this.stops = stops;
    this.clock = clock;
    news.add(
        (before, after) -> wakeCallers(ResourceID.fromResource(after == null ? before : after)));
  }

  /** Returns where Tasks are found by what others know of them. */
  public TaskIndex index() {
    return index;
  }

  /** Has somebody told of each Task that comes, changes or goes; to be called before the start. */
  public void tell(TaskListener listener) {
    news.add(listener);
  }

  /**
   * Records what a worker measured while it ran a Task.
   *
   * @return whether it does run one
   */
  public boolean measured(TaskMetrics measured) {
    Optional<Task> task =
        AttemptId.parse(measured.taskId().value()).map(AttemptId::task).flatMap(index::find);
    boolean known = task.filter(one -> loads.add(one, measured)).isPresent();
    task.filter(loads::isDue).map(ResourceID::fromResource).ifPresent(this::wake);
    return known;
  }

  /** Has a Task looked at, since something that it depends on has changed. */
  public void wake(ResourceID task) {
    news.propagateEvent(task);
    wakeCallers(task);
  }

  private void wakeCallers(ResourceID task) {
    index.callersOf(task).forEach(news::propagateEvent);
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
    if (read.getStatus() == null) {
      // They may have waited for it to be there.
      aftermath.wakeDependents(read);
    }
    Task task = read;
    while (true) {
      Optional<Callee> callee = callees.of(task);
      Arrivals arrivals = facts.arrivals(task, callee);
      answers.settle(task.getMetadata().getUid(), arrivals.refused());
      Optional<TaskOutcome> outcome = outcome(task, arrivals, context).map(large::checked);
      Map<WorkerId, TaskOutcome> answered = answered(task, arrivals);
      Decision decision = decide(task, answered, outcome, callee);
      if (decision instanceof Decision.Place place) {
        Optional<Decision> refused = placer.ask(task);
        if (refused.isEmpty()) {
          return waits(task, place, context);
        }
        decision = refused.get();
      }
      if (decision instanceof Decision.Wait wait) {
        Optional<Decision> refused = run(task, context);
        if (refused.isEmpty()) {
          if (loads.isDue(task)) {
            write(task, loads.noted(task), context);
          }
          return again(wait.until());
        }
        decision = refused.get();
      }
      if (decision instanceof Decision.Expire) {
        context.getClient().resource(task).delete();
        return UpdateControl.noUpdate();
      }
      if (decision instanceof Decision.Dispatch dispatch && !isDispatchable(task, dispatch)) {
        return UpdateControl.noUpdate();
      }
      if (decision instanceof Decision.Broadcast && !dispatcher.isConnected()) {
        return UpdateControl.noUpdate();
      }
      if (decision instanceof Decision.RunBeside beside) {
        besides.create(task, beside.due(), context.getClient());
      }
      task = record(task, decision, arrivals, answered, outcome, callee, context);
      if (decision instanceof Decision.Hold hold) {
        return again(hold.until());
      }
      if (decision instanceof Decision.Doubt doubt) {
        return again(doubt.until());
      }
    }
  }

  private Optional<TaskOutcome> outcome(Task task, Arrivals arrivals, Context<Task> context) {
    return task.getSpec().getKind() == TaskKind.FEDERATED
        ? federation.ending(task, arrivals.first()).map(TaskOutcome::of)
        : arrivals.outcome().or(() -> jobs.outcome(task, context));
  }

  private Map<WorkerId, TaskOutcome> answered(Task task, Arrivals arrivals) {
    return task.getSpec().isBroadcast() && task.getStatus() != null
        ? large.shared(arrivals.outcomes(), task.getStatus().getTargets().size())
        : Map.of();
  }

  private Decision decide(
      Task task,
      Map<WorkerId, TaskOutcome> answered,
      Optional<TaskOutcome> outcome,
      Optional<Callee> callee) {
    TaskRun run = TaskRuns.of(task);
    RunRules rules;
    try {
      rules = TaskRules.of(task.getSpec());
    } catch (IllegalArgumentException e) {
      return run instanceof TaskRun.Finished
          ? new Decision.Wait(Optional.empty())
          : new Decision.Fail(Failure.INVALID_SPEC, String.valueOf(e.getMessage()));
    }
    return TaskLifecycle.decide(run, rules, facts.facts(task, run, answered, outcome, callee));
  }

  private UpdateControl<Task> waits(Task task, Decision.Place place, Context<Task> context) {
    placer
        .refusal(task)
        .ifPresent(
            refusal -> {
              Task wanted =
                  TaskStatuses.of(task, clock.instant()).waiting(NOTHING_FITS, refusal.message());
              if (isWritten(task, write(task, wanted, context))) {
                events.record(task, Happening.warning(NOTHING_FITS, refusal.message()));
              }
            });
    // Whoever is waited for may never come, and then nobody says so.
    return again(
        placer.isGathering(task)
            ? Stream.concat(place.until().stream(), Stream.of(clock.instant().plus(LOOK_AGAIN)))
                .min(Instant::compareTo)
            : place.until());
  }

  private Task write(Task read, Task wanted, Context<Task> context) {
    Task written = StatusWriter.write(read, wanted, context);
    if (isWritten(read, written)) {
      news.tell(read, written);
    }
    return written;
  }

  private static boolean isWritten(Task read, Task written) {
    return !Objects.equals(
        written.getMetadata().getResourceVersion(), read.getMetadata().getResourceVersion());
  }

  /** Has the present attempt run, if it is not running yet; returns why it cannot, if so. */
  private Optional<Decision> run(Task task, Context<Task> context) {
    try {
      if (jobs.runs(task)) {
        jobs.start(task, context);
      } else {
        dispatcher.send(task);
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(new Decision.Fail(Failure.INVALID_SPEC, String.valueOf(e.getMessage())));
    }
  }

  private boolean isDispatchable(Task task, Decision.Dispatch dispatch) {
    if (jobs.isFor(task, dispatch.worker())) {
      return true;
    }
    if (!dispatcher.isConnected()) {
      return false;
    }
    boolean present = dispatcher.isPresent(task, dispatch.worker());
    if (!present) {
      placer.release(task);
      wake(ResourceID.fromResource(task));
    }
    return present;
  }

  private Task record(
      Task task,
      Decision decision,
      Arrivals arrivals,
      Map<WorkerId, TaskOutcome> answered,
      Optional<TaskOutcome> outcome,
      Optional<Callee> callee,
      Context<Task> context) {
    Task wanted =
        TaskStatuses.of(task, clock.instant(), callee.flatMap(Callee::attempt))
            .after(decision, outcome, answered);
    dispatcher.begin(task, decision);
    Task written = write(task, large.shelved(loads.noted(wanted)), context);
    if (!isWritten(task, written)) {
      return written;
    }
    // Only now that the API server has it may the broker forget it.
    answers.settle(task.getMetadata().getUid(), arrivals.recordedBy(decision));
    aftermath.follow(task, decision, arrivals, context);
    TaskEvents.of(decision).ifPresent(happening -> events.record(written, happening));
    return written;
  }

  @Override
  public DeleteControl cleanup(Task task, Context<Task> context) {
    String uid = task.getMetadata().getUid();
    aftermath.ofDeletion(task, context);
    answers.settle(uid, answers.of(uid));
    loads.remove(task);
    return stops
        .timeToWait(task)
        .map(most -> DeleteControl.noFinalizerRemoval().rescheduleAfter(most))
        .orElseGet(DeleteControl::defaultDelete);
  }

  private UpdateControl<Task> again(Optional<Instant> at) {
    return at.map(
            instant -> {
              Duration wait = Duration.between(clock.instant(), instant);
              return UpdateControl.<Task>noUpdate().rescheduleAfter(Math.max(1, wait.toMillis()));
            })
        .orElseGet(UpdateControl::noUpdate);
  }
}
