package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClientException;
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
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.proplet.PropletDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Takes each TrainingRound from its Tasks to its model.
 *
 * <p>What a round has counted is in the model store, not in its status: the status tells of it.
 */
@ControllerConfiguration(name = "training-round")
final class TrainingRoundReconciler implements Reconciler<TrainingRound> {

  private static final Duration SOON = Duration.ofMillis(50);

  private final SimpleInboundEventSource<TrainingRound> news =
      new SimpleInboundEventSource<>("news");
  private final Progress progress = new Progress();
  private final FederatedState state;
  private final Journal journal;
  private final TaskMaker maker;
  private final Surrender surrender;
  private final Conclusion conclusion;
  private final Leftovers leftovers;
  private final Consumer<ResourceID> wakeTask;
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
    this.journal = new Journal(events);
    this.maker = new TaskMaker(state);
    this.surrender = new Surrender(proplets, wakeTask);
    this.conclusion = new Conclusion(state, journal, clock);
    this.leftovers = new Leftovers(wakeTask);
    this.wakeTask = wakeTask;
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
      return settle(round, context);
    }
    if (state.opener().isEmpty()) {
      journal.write(
          round,
          statuses(round).waiting(FederatedState.NO_STORE, FederatedState.NO_STORE_MESSAGE),
          context);
      return UpdateControl.noUpdate();
    }
    OpenRound open;
    boolean isNew = state.rounds().find(round.getMetadata().getUid()).isEmpty();
    try {
      open = state.open(round);
    } catch (IllegalArgumentException e) {
      return refuse(round, "InvalidSpec", e, context);
    }
    Map<String, Task> tasks = tasks(round, context);
    if (isNew) {
      // What their workers returned may have waited for this.
      wake(tasks);
    }
    TrainingRound begun = round;
    if (RoundStatuses.phase(round) == TrainingRoundPhase.PENDING) {
      try {
        tasks = maker.make(round, open, tasks, context.getClient());
      } catch (KubernetesClientException e) {
        if (!FederatedState.isRefusal(e)) {
          throw e;
        }
        return refuse(round, "InvalidTask", e, context);
      }
      begun = journal.write(round, statuses(round).running(open, tasks), context);
      // They ask for their places together, and each has waited for the last.
      wake(tasks);
    }
    return goOn(begun, open, tasks, context);
  }

  private UpdateControl<TrainingRound> goOn(
      TrainingRound round, OpenRound open, Map<String, Task> tasks, Context<TrainingRound> context)
      throws IOException {
    Instant now = clock.instant();
    Optional<Instant> lost = surrender.step(round, open, tasks, context.getClient(), now);
    open.advance(now);
    Optional<TrainingRound> over = conclusion.of(round, open, tasks, context);
    if (over.isPresent()) {
      return settle(over.get(), context);
    }
    TrainingRound wanted = statuses(round).running(open, tasks);
    Optional<Instant> later =
        Objects.equals(wanted.getStatus(), round.getStatus())
            ? Optional.empty()
            : progress.next(open.uid(), clock.instant());
    if (later.isEmpty()) {
      journal.write(round, wanted, context);
    }
    return again(
        Stream.of(open.round().nextChange(), lost, later)
            .flatMap(Optional::stream)
            .min(Instant::compareTo));
  }

  private void wake(Map<String, Task> tasks) {
    tasks.values().stream().map(ResourceID::fromResource).forEach(wakeTask);
  }

  private UpdateControl<TrainingRound> refuse(
      TrainingRound round, String reason, Exception why, Context<TrainingRound> context) {
    return settle(
        journal.write(
            round, statuses(round).refused(reason, String.valueOf(why.getMessage())), context),
        context);
  }

  /** Ends what is left of a round that is over. */
  private UpdateControl<TrainingRound> settle(TrainingRound round, Context<TrainingRound> context) {
    leftovers.end(round, tasks(round, context), context.getClient());
    progress.forget(round.getMetadata().getUid());
    state.forget(round);
    return UpdateControl.noUpdate();
  }

  private static Map<String, Task> tasks(TrainingRound round, Context<TrainingRound> context) {
    return RoundTasks.byParticipant(round, context.getSecondaryResourcesAsStream(Task.class));
  }

  private RoundStatuses statuses(TrainingRound round) {
    return RoundStatuses.of(round, clock.instant());
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
