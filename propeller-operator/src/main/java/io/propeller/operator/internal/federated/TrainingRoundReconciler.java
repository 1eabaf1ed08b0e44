package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.fl.round.Round;
import io.propeller.fl.round.Stage;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Outcome;
import io.propeller.fl.store.ModelVersion;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.status.StatusWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each TrainingRound from its Tasks to its model.
 *
 * <p>What a round has counted is in the model store, not in its status: the status tells of it.
 */
@ControllerConfiguration(name = "training-round")
final class TrainingRoundReconciler implements Reconciler<TrainingRound> {

  private static final Logger log = LoggerFactory.getLogger(TrainingRoundReconciler.class);
  private static final Duration SOON = Duration.ofMillis(50);
  private static final String STOP = "{\"spec\":{\"suspend\":true}}";

  private final SimpleInboundEventSource<TrainingRound> news =
      new SimpleInboundEventSource<>("news");
  private final Progress progress = new Progress();
  private final FederatedState state;
  private final PropletDirectory proplets;
  private final Consumer<ResourceID> wakeTask;
  private final Events events;
  private final InstantSource clock;

  /**
   * Makes a reconciler.
   *
   * @param wakeTask has a Task looked at
   */
  TrainingRoundReconciler(
      FederatedState state,
      PropletDirectory proplets,
      Consumer<ResourceID> wakeTask,
      Events events,
      InstantSource clock) {
    this.state = state;
    this.proplets = proplets;
    this.wakeTask = wakeTask;
    this.events = events;
    this.clock = clock;
  }

  /** Has a round looked at, since something has changed that it depends on. */
  void wake(ResourceID round) {
    news.propagateEvent(round);
  }

  @Override
  public List<EventSource<?, TrainingRound>> prepareEventSources(
      EventSourceContext<TrainingRound> context) {
    state.experiments().rounds(context.getPrimaryCache());
    InformerEventSource<Task, TrainingRound> tasks =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Task.class, TrainingRound.class)
                .withLabelSelector(PropellerApi.ROUND_LABEL)
                .withNamespacesInheritedFromController()
                .withOnUpdateFilter((after, before) -> after.phase() != before.phase())
                .build(),
            context);
    return List.of(news, tasks);
  }

  @Override
  public UpdateControl<TrainingRound> reconcile(
      TrainingRound round, Context<TrainingRound> context) {
    try {
      return advance(round, context);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return UpdateControl.<TrainingRound>noUpdate().rescheduleAfter(SOON);
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "TrainingRound %s cannot go on: %s"
              .formatted(round.getMetadata().getName(), e.getMessage()),
          e);
    }
  }

  private UpdateControl<TrainingRound> advance(TrainingRound round, Context<TrainingRound> context)
      throws IOException {
    if (!state.isReady()) {
      return UpdateControl.<TrainingRound>noUpdate().rescheduleAfter(SOON);
    }
    if (RoundStatuses.isOver(round)) {
      settle(round, context);
      return UpdateControl.noUpdate();
    }
    if (state.opener().isEmpty()) {
      write(
          round,
          RoundStatuses.of(round, clock.instant())
              .waiting(FederatedState.NO_STORE, FederatedState.NO_STORE_MESSAGE),
          context);
      return UpdateControl.noUpdate();
    }
    OpenRound open;
    boolean isNew = state.rounds().find(round.getMetadata().getUid()).isEmpty();
    try {
      open = state.open(round);
    } catch (IllegalArgumentException e) {
      TrainingRound failed =
          write(
              round,
              RoundStatuses.of(round, clock.instant())
                  .refused("InvalidSpec", String.valueOf(e.getMessage())),
              context);
      settle(failed, context);
      return UpdateControl.noUpdate();
    }
    TrainingRound begun = round;
    Map<String, Task> tasks = tasks(round, context);
    if (isNew) {
      // What their workers returned may have waited for this.
      tasks.values().stream().map(ResourceID::fromResource).forEach(wakeTask);
    }
    if (RoundStatuses.phase(round) == TrainingRoundPhase.PENDING) {
      try {
        tasks = begin(round, open, tasks, context.getClient());
      } catch (KubernetesClientException e) {
        if (!FederatedState.isRefusal(e)) {
          throw e;
        }
        settle(
            write(
                round,
                statuses(round).refused("InvalidTask", String.valueOf(e.getMessage())),
                context),
            context);
        return UpdateControl.noUpdate();
      }
      begun = write(round, statuses(round).running(open, tasks), context);
    }
    return goOn(begun, open, tasks, context);
  }

  private UpdateControl<TrainingRound> goOn(
      TrainingRound read, OpenRound open, Map<String, Task> tasks, Context<TrainingRound> context)
      throws IOException {
    TrainingRound round = read;
    Optional<Instant> lost = withdraw(round, open, tasks, context.getClient());
    Round counted = open.round();
    if (!counted.at(clock.instant()).stage().equals(counted.stage())) {
      counted = open.coordinator().tick();
    }
    if (counted.stage() instanceof Stage.Ready) {
      round = aggregating(round, open, tasks, context);
      Optional<String> obstacle = aggregate(open);
      if (obstacle.isPresent()) {
        round =
            write(
                round,
                statuses(round).failed(open, tasks, "Conflict", obstacle.get(), clock.instant()),
                context);
        settle(round, context);
        return UpdateControl.noUpdate();
      }
      counted = open.round();
    }
    if (counted.stage() instanceof Closed closed) {
      round = close(round, open, tasks, closed, context);
      settle(round, context);
      return UpdateControl.noUpdate();
    }
    TrainingRound wanted = statuses(round).running(open, tasks);
    Optional<Instant> later =
        Objects.equals(wanted.getStatus(), round.getStatus())
            ? Optional.empty()
            : progress.next(open.uid(), clock.instant());
    if (later.isEmpty()) {
      write(round, wanted, context);
    }
    return again(
        Stream.of(counted.nextChange(), lost, later)
            .flatMap(Optional::stream)
            .min(Instant::compareTo));
  }

  /**
   * Computes the model; returns what keeps it from being published: another round of this number
   * that has been, and was deleted and made anew.
   */
  private static Optional<String> aggregate(OpenRound open) throws IOException {
    try {
      var unused = open.coordinator().aggregate();
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private TrainingRound aggregating(
      TrainingRound round,
      OpenRound open,
      Map<String, Task> tasks,
      Context<TrainingRound> context) {
    return RoundStatuses.phase(round) == TrainingRoundPhase.RUNNING
        ? write(round, statuses(round).aggregating(open, tasks), context)
        : round;
  }

  private TrainingRound close(
      TrainingRound read,
      OpenRound open,
      Map<String, Task> tasks,
      Closed closed,
      Context<TrainingRound> context)
      throws IOException {
    TrainingRound round = read;
    TrainingRound wanted;
    if (closed.outcome() instanceof Outcome.Aggregated) {
      round = aggregating(round, open, tasks, context);
      ModelRef model = new ModelRef(open.namespace(), open.name(), published(open).number());
      wanted = statuses(round).completed(open, tasks, model, closed.at());
      state.roundOver(round, model, closed.at());
    } else if (closed.outcome() instanceof Outcome.Impossible impossible) {
      wanted = statuses(round).failed(open, tasks, "Impossible", impossible.reason(), closed.at());
    } else {
      wanted =
          statuses(round)
              .failed(
                  open,
                  tasks,
                  "DeadlineExceeded",
                  "%d of the %d updates that it needs were in after spec.timeoutSeconds, %d"
                      .formatted(
                          open.round().contributions().size(),
                          open.round().spec().quorum(),
                          round.getSpec().getTimeoutSeconds()),
                  closed.at());
    }
    return write(round, wanted, context);
  }

  private ModelVersion published(OpenRound open) throws IOException {
    return state
        .models()
        .orElseThrow()
        .publishedBy(open.model(), open.roundId())
        .orElseThrow(() -> new IOException("the version of " + open.roundId() + " is gone"));
  }

  private TrainingRound write(
      TrainingRound read, TrainingRound wanted, Context<TrainingRound> context) {
    TrainingRound written = StatusWriter.write(read, wanted, context);
    RoundStatuses.happening(read, wanted).ifPresent(news -> events.record(written, news));
    return written;
  }

  private RoundStatuses statuses(TrainingRound round) {
    return RoundStatuses.of(round, clock.instant());
  }

  private static Map<String, Task> tasks(TrainingRound round, Context<TrainingRound> context) {
    Map<String, Task> tasks = new HashMap<>();
    context
        .getSecondaryResourcesAsStream(Task.class)
        .filter(task -> Ownership.isOf(task, round))
        .forEach(
            task -> RoundTasks.participant(task).ifPresent(proplet -> tasks.put(proplet, task)));
    return tasks;
  }

  /** Makes the tasks that there are not yet. */
  private Map<String, Task> begin(
      TrainingRound round, OpenRound open, Map<String, Task> present, KubernetesClient client)
      throws IOException {
    Map<String, Task> tasks = new HashMap<>(present);
    Optional<FederatedJob> job = state.experiments().named(round);
    for (String proplet : participants(round)) {
      if (!tasks.containsKey(proplet) && !open.isWithdrawn(proplet)) {
        Map<String, String> environment = new HashMap<>(open.environment());
        environment.put(
            "MANAGER_COORDINATOR_URL",
            state.environment().coordinator(open.namespace(), open.uid(), proplet));
        Task task = create(RoundTasks.task(round, proplet, job, environment), client);
        if (Ownership.isOf(task, round)) {
          tasks.put(proplet, task);
        } else {
          log.warn(
              "{} takes no part in {}: Task {} is there already, and somebody else's",
              proplet,
              round.getMetadata().getName(),
              task.getMetadata().getName());
          open.withdraw(proplet);
        }
      }
    }
    return tasks;
  }

  private static Set<String> participants(TrainingRound round) {
    return new LinkedHashSet<>(round.getSpec().getParticipants());
  }

  private static Task create(Task task, KubernetesClient client) {
    try {
      return client.resource(task).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      Task there = client.resource(task).get();
      if (there == null) {
        throw e;
      }
      return there;
    }
  }

  /** Gives up those of whom nothing is to be expected; returns when to look at the others again. */
  private Optional<Instant> withdraw(
      TrainingRound round, OpenRound open, Map<String, Task> tasks, KubernetesClient client)
      throws IOException {
    Instant now = clock.instant();
    Duration grace = RoundTasks.grace(round);
    Optional<Instant> next = Optional.empty();
    for (String proplet : participants(round)) {
      if (open.isCounted(proplet) || open.isWithdrawn(proplet) || !open.round().stage().accepts()) {
        continue;
      }
      Optional<Task> task =
          Optional.ofNullable(tasks.get(proplet)).or(() -> find(round, proplet, client));
      Withdrawals.Worker worker = worker(open.namespace(), proplet);
      if (Withdrawals.isGivenUp(task, worker, grace, now)) {
        open.withdraw(proplet);
        task.map(ResourceID::fromResource).ifPresent(wakeTask);
      } else {
        next =
            Stream.concat(
                    next.stream(), Withdrawals.end(worker, grace).filter(now::isBefore).stream())
                .min(Instant::compareTo);
      }
    }
    return next;
  }

  /** The cache may not know yet what has just been made. */
  private static Optional<Task> find(TrainingRound round, String proplet, KubernetesClient client) {
    return Optional.ofNullable(
            client
                .resources(Task.class)
                .inNamespace(round.getMetadata().getNamespace())
                .withName(RoundTasks.name(round.getMetadata().getName(), proplet))
                .get())
        .filter(task -> Ownership.isOf(task, round));
  }

  private Withdrawals.Worker worker(String namespace, String proplet) {
    return proplets
        .find(new ResourceID(proplet, namespace))
        .map(known -> new Withdrawals.Worker(true, known.absentSince()))
        .orElseGet(() -> new Withdrawals.Worker(false, Optional.empty()));
  }

  /** Ends what is left of a round that is over. */
  private void settle(TrainingRound round, Context<TrainingRound> context) {
    for (Map.Entry<String, Task> entry : tasks(round, context).entrySet()) {
      Task task = entry.getValue();
      if (task.phase().isTerminal()) {
        continue;
      }
      if (RoundStatuses.isCounted(round, entry.getKey()) && task.phase() == TaskPhase.RUNNING) {
        wakeTask.accept(ResourceID.fromResource(task));
      } else if (!task.getSpec().isSuspend()) {
        stop(task, context.getClient());
      }
    }
    progress.forget(round.getMetadata().getUid());
    state.forget(round);
  }

  private static void stop(Task task, KubernetesClient client) {
    try {
      var unused = client.resource(task).patch(PatchContext.of(PatchType.JSON_MERGE), STOP);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private UpdateControl<TrainingRound> again(Optional<Instant> at) {
    return at.map(
            instant -> {
              Duration wait = Duration.between(clock.instant(), instant);
              return UpdateControl.<TrainingRound>noUpdate()
                  .rescheduleAfter(Math.max(1, wait.toMillis()));
            })
        .orElseGet(UpdateControl::noUpdate);
  }
}
