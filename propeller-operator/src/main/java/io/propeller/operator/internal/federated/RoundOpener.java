package io.propeller.operator.internal.federated;

import com.google.common.collect.ImmutableSortedSet;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Aggregator;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundSpec;
import io.propeller.fl.RoundCoordinator;
import io.propeller.fl.RoundPlan;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.aggregate.NoiseSeed;
import io.propeller.fl.round.RoundSpec;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.RoundId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins rounds, or goes on with those that the store knows. Safe for use by any thread. */
final class RoundOpener {

  private final ModelStore store;
  private final Models models;
  private final Experiments experiments;
  private final AggregationAlgorithms algorithms;
  private final RoundEnvironment environment;
  private final InstantSource clock;
  private final SecureRandom random;

  RoundOpener(
      ModelStore store,
      Models models,
      Experiments experiments,
      AggregationAlgorithms algorithms,
      RoundEnvironment environment,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.models = models;
    this.experiments = experiments;
    this.algorithms = algorithms;
    this.environment = environment;
    this.clock = clock;
    this.random = random;
  }

  /** Returns the name under which the store has the state of a round. */
  static StoreName stateOf(String uid) {
    return StoreName.of("round", uid);
  }

  /**
   * Opens a round.
   *
   * @throws IllegalArgumentException if it can never be carried out; the message names the field
   * @throws IOException if the store cannot be read or written
   */
  OpenRound open(TrainingRound round) throws IOException {
    TrainingRoundSpec spec = round.getSpec();
    String namespace = round.getMetadata().getNamespace();
    Optional<FederatedJob> owner = experiments.owner(round);
    if (owner.isEmpty() && Experiments.isOwned(round)) {
      throw new IllegalArgumentException(
          "spec.federatedJobRef.name is '%s', and that FederatedJob is gone"
              .formatted(spec.getFederatedJobRef().getName()));
    }
    Optional<FederatedJob> named = experiments.named(round);
    if (named.isEmpty() && isEmpty(spec.getTaskWasmImage())) {
      throw new IllegalArgumentException(
          "spec.taskWasmImage is missing, and there is no FederatedJob '%s' that has the module inline"
              .formatted(spec.getFederatedJobRef().getName()));
    }
    Recipe recipe =
        Recipe.of(
            named.map(job -> job.getSpec().getAggregator()).orElseGet(Aggregator::new), algorithms);
    Optional<ModelVersion> base = models.base(namespace, spec.getModelRef());
    String name =
        owner.map(job -> job.getMetadata().getName()).orElse(round.getMetadata().getName());
    String uid = owner.map(job -> job.getMetadata().getUid()).orElse(round.getMetadata().getUid());
    StoreName model = Models.nameOf(namespace, uid);
    RoundPlan plan =
        RoundPlan.builder()
            .round(stateOf(round.getMetadata().getUid()))
            .model(model)
            .algorithmName(recipe.name())
            .algorithm(recipe.algorithm())
            .base(base)
            .kind(recipe.kind())
            .threads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
            .build();
    RoundCoordinator coordinator =
        RoundCoordinator.open(plan, spec(spec, recipe, clock.instant()), store, clock);
    String experiment =
        named.map(job -> job.getSpec().getExperimentId()).filter(id -> !id.isEmpty()).orElse(name);
    return new OpenRound(
        ResourceID.fromResource(round),
        round.getMetadata().getUid(),
        experiment,
        model,
        name,
        environment.ofTasks(round, recipe, experiment, name, base),
        environment.passed(base, store),
        coordinator);
  }

  private RoundSpec spec(TrainingRoundSpec spec, Recipe recipe, Instant now) {
    ImmutableSortedSet<ParticipantId> participants =
        spec.getParticipants().stream()
            .map(ParticipantId::of)
            .collect(ImmutableSortedSet.toImmutableSortedSet(ParticipantId::compareTo));
    RoundId id;
    try {
      id = RoundId.parse(spec.getRoundId());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("spec.roundId: " + e.getMessage(), e);
    }
    RoundSpec round =
        new RoundSpec(
            id,
            participants,
            spec.getRequiredUpdates(),
            now,
            now.plus(Duration.ofSeconds(spec.getTimeoutSeconds())),
            recipe.grace(),
            Optional.empty());
    return recipe.algorithm().noisy() ? round.withNoiseSeed(NoiseSeed.draw(random)) : round;
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
