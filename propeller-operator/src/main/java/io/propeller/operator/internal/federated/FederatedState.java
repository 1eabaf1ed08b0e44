package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.api.v1.TrainingRound;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.store.ModelStore;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What both reconcilers, and those who take updates, have in common. Safe for use by any thread.
 */
final class FederatedState {

  /** Reason of what waits for a store. */
  static final String NO_STORE = "NoModelStore";

  /** What there is to do then. */
  static final String NO_STORE_MESSAGE =
      "the operator has no store for models: start it with --model-store FOLDER";

  private static final int UNPROCESSABLE = 422;

  private final Experiments experiments = new Experiments();
  private final AggregationAlgorithms algorithms = AggregationAlgorithms.load();
  private final Rounds rounds;
  private final RoundEnvironment environment;
  private final Announcer announcer;
  private final Optional<ModelStore> store;
  private final Optional<Models> models;
  private final Optional<RoundOpener> opener;
  private volatile boolean ready;

  FederatedState(
      Optional<ModelStore> store,
      Rounds rounds,
      RoundEnvironment environment,
      Announcer announcer,
      InstantSource clock,
      SecureRandom random) {
    this.rounds = rounds;
    this.environment = environment;
    this.announcer = announcer;
    this.store = store;
    this.models = store.map(one -> new Models(one, experiments));
    this.opener =
        store.map(
            one ->
                new RoundOpener(
                    one,
                    models.orElseThrow(),
                    experiments,
                    algorithms,
                    environment,
                    clock,
                    random));
  }

  Experiments experiments() {
    return experiments;
  }

  AggregationAlgorithms algorithms() {
    return algorithms;
  }

  Rounds rounds() {
    return rounds;
  }

  RoundEnvironment environment() {
    return environment;
  }

  Announcer announcer() {
    return announcer;
  }

  Optional<ModelStore> store() {
    return store;
  }

  Optional<Models> models() {
    return models;
  }

  Optional<RoundOpener> opener() {
    return opener;
  }

  /** Returns whether all resources are known, and all rounds open that were so before. */
  boolean isReady() {
    return ready;
  }

  void ready() {
    ready = true;
  }

  /**
   * Opens a round, if it is not open yet.
   *
   * @throws IllegalArgumentException if it can never be carried out
   * @throws IOException if the store cannot be read or written
   */
  OpenRound open(TrainingRound round) throws IOException {
    Optional<OpenRound> open = rounds.find(round.getMetadata().getUid());
    if (open.isPresent()) {
      return open.get();
    }
    OpenRound opened = opener.orElseThrow().open(round);
    rounds.keep(experiments);
    rounds.add(opened);
    return opened;
  }

  /** Takes no more updates for a round. */
  void forget(TrainingRound round) {
    rounds.remove(round.getMetadata().getUid());
  }

  /** Tells all that a round has its model; those of a job are its job's to tell of. */
  void roundOver(TrainingRound round, ModelRef model, Instant at) {
    if (!Experiments.isOwned(round)) {
      announcer.announce(round.getSpec().getRoundId(), model, false, at);
    }
  }

  /** Returns whether the API server does not take what was sent, however often it is sent. */
  static boolean isRefusal(KubernetesClientException e) {
    return e.getCode() == UNPROCESSABLE || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST;
  }

  /** Forgets in the store how a round went, whose resource is being deleted. */
  void discard(TrainingRound round) throws IOException {
    if (store.isPresent()) {
      store.get().deleteRound(RoundOpener.stateOf(round.getMetadata().getUid()));
    }
  }
}
