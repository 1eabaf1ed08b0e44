package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.api.v1.TrainingRoundStatus;
import io.propeller.operator.internal.event.Events;
import io.propeller.operator.internal.federated.NextRound.Beginning;
import io.propeller.operator.internal.pod.Ownership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Takes each FederatedJob from round to round, one at a time. */
@ControllerConfiguration(name = "federated-job")
final class FederatedJobReconciler implements Reconciler<FederatedJob> {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final FederatedState state;
  private final NextRound next;
  private final Journal journal;
  private final InstantSource clock;

  FederatedJobReconciler(
      FederatedState state, Participants participants, Events events, InstantSource clock) {
    this.state = state;
    this.next = new NextRound(state, participants);
    this.journal = new Journal(events);
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
        journal.write(
            job,
            statuses(job).waiting(FederatedState.NO_STORE, FederatedState.NO_STORE_MESSAGE),
            context);
        return UpdateControl.noUpdate();
      }
      Optional<String> wrong = wrong(job);
      if (wrong.isPresent()) {
        job = journal.write(job, statuses(job).refused("InvalidSpec", wrong.get()), context);
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
        job = journal.write(job, RoundResult.failed(job, round, clock.instant()), context);
      } else {
        journal.write(job, statuses(job).running(number, round), context);
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
    Beginning beginning = next.begin(job, number, context);
    if (beginning instanceof Beginning.Waits waits) {
      journal.write(job, statuses(job).waiting(waits.reason(), waits.message()), context);
      return again(LOOK_AGAIN);
    }
    if (beginning instanceof Beginning.Refused refused) {
      journal.write(job, statuses(job).refused(refused.reason(), refused.message()), context);
      return UpdateControl.noUpdate();
    }
    TrainingRound round = ((Beginning.Begun) beginning).round();
    journal.write(job, statuses(job).running(number, round), context);
    next.tidy(job, number, context);
    return RoundStatuses.isOver(round) ? again(SOON) : UpdateControl.noUpdate();
  }

  /** Tells that a round is over before that is recorded. */
  private FederatedJob completed(
      FederatedJob job, int number, TrainingRound round, Context<FederatedJob> context) {
    FederatedJob wanted = RoundResult.completed(job, number, round, clock.instant());
    TrainingRoundStatus result = round.getStatus();
    if (result != null && result.getAggregatedModelRef() != null) {
      ModelRef.parse(result.getAggregatedModelRef())
          .ifPresent(
              model ->
                  state
                      .announcer()
                      .announce(
                          round.getSpec().getRoundId(),
                          model,
                          !JobStatuses.phase(wanted).isTerminal(),
                          Optional.ofNullable(result.getEndTime()).orElseGet(clock::instant)));
    }
    return journal.write(job, wanted, context);
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
    return JobStatuses.of(job, clock.instant());
  }

  private static UpdateControl<FederatedJob> again(Duration after) {
    return UpdateControl.<FederatedJob>noUpdate().rescheduleAfter(after);
  }
}
