package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.propeller.api.v1.EarlyStopping;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobStatus;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.api.v1.TrainingRoundStatus;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.federated.Participants.Choice;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.status.StatusWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Takes each FederatedJob from round to round, one at a time. */
@ControllerConfiguration(name = "federated-job")
final class FederatedJobReconciler implements Reconciler<FederatedJob> {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final FederatedState state;
  private final Participants participants;
  private final Events events;
  private final InstantSource clock;

  FederatedJobReconciler(
      FederatedState state, Participants participants, Events events, InstantSource clock) {
    this.state = state;
    this.participants = participants;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, FederatedJob>> prepareEventSources(
      EventSourceContext<FederatedJob> context) {
    state.experiments().jobs(context.getPrimaryCache());
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(TrainingRound.class, FederatedJob.class)
                .withLabelSelector(PropellerApi.FEDERATED_JOB_LABEL)
                .withNamespacesInheritedFromController()
                .withOnUpdateFilter(
                    (after, before) -> RoundStatuses.phase(after) != RoundStatuses.phase(before))
                .build(),
            context));
  }

  @Override
  public UpdateControl<FederatedJob> reconcile(FederatedJob job, Context<FederatedJob> context) {
    try {
      return advance(job, context);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return UpdateControl.<FederatedJob>noUpdate().rescheduleAfter(SOON);
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "FederatedJob %s cannot go on: %s".formatted(job.getMetadata().getName(), e.getMessage()),
          e);
    }
  }

  private UpdateControl<FederatedJob> advance(FederatedJob read, Context<FederatedJob> context)
      throws IOException {
    if (!state.isReady()) {
      return again(SOON);
    }
    FederatedJob job = read;
    while (!JobStatuses.phase(job).isTerminal()) {
      if (state.models().isEmpty()) {
        write(
            job,
            statuses(job).waiting(FederatedState.NO_STORE, FederatedState.NO_STORE_MESSAGE),
            context);
        return UpdateControl.noUpdate();
      }
      Optional<String> wrong = wrong(job);
      if (wrong.isPresent()) {
        job = write(job, statuses(job).refused("InvalidSpec", wrong.get()), context);
        continue;
      }
      int number = JobStatuses.current(job);
      TrainingRound round = find(job, number, context).orElse(null);
      if (round == null) {
        return begin(job, number, context);
      }
      TrainingRoundPhase phase = RoundStatuses.phase(round);
      if (phase == TrainingRoundPhase.COMPLETED) {
        job = completed(job, number, round, context);
      } else if (phase == TrainingRoundPhase.FAILED) {
        job = failed(job, round, context);
      } else {
        write(job, statuses(job).running(number, round), context);
        return UpdateControl.noUpdate();
      }
    }
    return UpdateControl.noUpdate();
  }

  /** Returns what is wrong with a job; empty if it can be carried out. */
  private Optional<String> wrong(FederatedJob job) throws IOException {
    try {
      var unused = JobRules.check(job.getSpec(), state.algorithms());
      if (JobStatuses.current(job) == 1) {
        checkModel(job);
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void checkModel(FederatedJob job) throws IOException {
    var unused =
        state
            .models()
            .orElseThrow()
            .base(job.getMetadata().getNamespace(), job.getSpec().getModelRef());
  }

  private UpdateControl<FederatedJob> begin(
      FederatedJob job, int number, Context<FederatedJob> context) throws IOException {
    Choice choice;
    try {
      choice = participants.choose(job, number);
    } catch (IllegalArgumentException e) {
      write(
          job,
          statuses(job).refused("InvalidSpec", "spec.participantSelector: " + e.getMessage()),
          context);
      return UpdateControl.noUpdate();
    }
    if (choice instanceof Choice.Missing missing) {
      write(job, statuses(job).waiting(missing.reason(), missing.message()), context);
      return again(LOOK_AGAIN);
    }
    TrainingRound round;
    try {
      round =
          create(
              JobRounds.round(job, number, ((Choice.Chosen) choice).names()), context.getClient());
    } catch (KubernetesClientException e) {
      if (!FederatedState.isRefusal(e)) {
        throw e;
      }
      write(job, statuses(job).refused("InvalidRound", String.valueOf(e.getMessage())), context);
      return UpdateControl.noUpdate();
    }
    if (!Ownership.isOf(round, job)) {
      write(
          job,
          statuses(job)
              .refused(
                  "NameTaken",
                  "there is a TrainingRound %s already, and it is somebody else's: delete it, or give this job another name"
                      .formatted(round.getMetadata().getName())),
          context);
      return UpdateControl.noUpdate();
    }
    write(job, statuses(job).running(number, round), context);
    tidy(job, number, context);
    return RoundStatuses.isOver(round) ? again(SOON) : UpdateControl.noUpdate();
  }

  private static TrainingRound create(TrainingRound round, KubernetesClient client) {
    try {
      return client.resource(round).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      TrainingRound there = client.resource(round).get();
      if (there == null) {
        throw e;
      }
      return there;
    }
  }

  /** Deletes the rounds that the history does not tell of any more. */
  private void tidy(FederatedJob job, int number, Context<FederatedJob> context)
      throws IOException {
    for (TrainingRound old : context.getSecondaryResources(TrainingRound.class)) {
      if (Ownership.isOf(old, job)
          && RoundStatuses.isOver(old)
          && JobRounds.number(old) < number - JobStatuses.HISTORY) {
        context.getClient().resource(old).delete();
        state.discard(old);
      }
    }
  }

  private FederatedJob completed(
      FederatedJob job, int number, TrainingRound round, Context<FederatedJob> context) {
    TrainingRoundStatus result = round.getStatus();
    RoundSummary summary =
        JobStatuses.summary(number, result == null ? new TrainingRoundStatus() : result);
    EarlyStopping rule = job.getSpec().getEarlyStopping();
    FederatedJobStatus before = job.getStatus();
    RoundSummary best =
        rule == null
            ? null
            : EarlyStop.best(rule, before == null ? null : before.getBestRound(), summary);
    Optional<String> stopped =
        rule == null ? Optional.empty() : EarlyStop.reason(rule, best, summary);
    int total = job.getSpec().getRounds().getTotal();
    boolean last = number >= total || stopped.isPresent();
    if (result != null && result.getAggregatedModelRef() != null) {
      ModelRef.parse(result.getAggregatedModelRef())
          .ifPresent(
              model ->
                  state
                      .announcer()
                      .announce(
                          round.getSpec().getRoundId(),
                          model,
                          !last,
                          Optional.ofNullable(result.getEndTime()).orElseGet(clock::instant)));
    }
    String end =
        last ? stopped.orElse("%d of %d rounds are complete".formatted(number, total)) : null;
    return write(
        job,
        statuses(job)
            .completed(
                summary, round, best, end, stopped.isPresent() ? "EarlyStopped" : "Completed"),
        context);
  }

  private FederatedJob failed(
      FederatedJob job, TrainingRound round, Context<FederatedJob> context) {
    TrainingRoundStatus result = round.getStatus();
    String why =
        result == null
            ? ""
            : result.getConditions().stream()
                .filter(condition -> "Completed".equals(condition.getType()))
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .findFirst()
                .orElse("");
    return write(
        job,
        statuses(job)
            .failed(
                round,
                "RoundFailed",
                "%s failed: %s".formatted(round.getMetadata().getName(), why)),
        context);
  }

  private static Optional<TrainingRound> find(
      FederatedJob job, int number, Context<FederatedJob> context) {
    String name = JobRounds.name(job, number);
    return context
        .getSecondaryResourcesAsStream(TrainingRound.class)
        .filter(round -> round.getMetadata().getName().equals(name) && Ownership.isOf(round, job))
        .findFirst();
  }

  private JobStatuses statuses(FederatedJob job) {
    Instant now = clock.instant();
    return JobStatuses.of(job, now);
  }

  private FederatedJob write(
      FederatedJob read, FederatedJob wanted, Context<FederatedJob> context) {
    FederatedJob written = StatusWriter.write(read, wanted, context);
    JobStatuses.happening(read, wanted).ifPresent(news -> events.record(written, news));
    return written;
  }

  private static UpdateControl<FederatedJob> again(Duration after) {
    return UpdateControl.<FederatedJob>noUpdate().rescheduleAfter(after);
  }
}
