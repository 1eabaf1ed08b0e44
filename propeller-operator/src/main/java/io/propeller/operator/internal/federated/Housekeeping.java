package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.propeller.api.v1.TrainingRound;
import io.propeller.fl.round.Contribution;
import io.propeller.fl.round.Round;
import io.propeller.fl.round.RoundJson;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.StoreName;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes room in the store: knows what is still needed. Safe for use by any thread. */
final class Housekeeping {

  /** What was just put may be about to be named. */
  private static final Duration YOUNG = Duration.ofMinutes(1);

  /**
   * How many versions of a model are kept at least: what a round begins with, and what it makes.
   */
  private static final int KEPT_VERSIONS = 2;

  private final Experiments experiments;
  private final Rounds rounds;
  private final Supplier<Stream<String>> results;
  private final Predicate<String> served;
  private final InstantSource clock;

  /**
   * Makes a housekeeper.
   *
   * @param results the references of the results of Tasks that are in the store
   * @param served says whether the resources of a namespace are known
   */
  Housekeeping(
      Experiments experiments,
      Rounds rounds,
      Supplier<Stream<String>> results,
      Predicate<String> served,
      InstantSource clock) {
    this.experiments = experiments;
    this.rounds = rounds;
    this.results = results;
    this.served = served;
    this.clock = clock;
  }

  /** Returns what can be done, the mildest first. */
  List<TidyStore.Step> steps() {
    return List.of(this::collect, this::deleteOrphans, this::prune);
  }

  /** Removes the updates of rounds that are over. */
  private void collect(ModelStore store) throws IOException {
    store.collect(live(store), clock.instant().minus(YOUNG));
  }

  /** Removes the models of jobs and rounds that are gone. */
  private void deleteOrphans(ModelStore store) throws IOException {
    Set<StoreName> owned = new HashSet<>();
    Stream.concat(experiments.jobs().stream(), experiments.rounds())
        .map(HasMetadata::getMetadata)
        .forEach(owner -> owned.add(Models.nameOf(owner.getNamespace(), owner.getUid())));
    for (StoreName model : store.models()) {
      int end = model.value().lastIndexOf('.');
      if (end > 0 && !owned.contains(model) && served.test(model.value().substring(0, end))) {
        store.delete(model);
      }
    }
    collect(store);
  }

  /** Removes all but the newest versions of each model. */
  private void prune(ModelStore store) throws IOException {
    for (StoreName model : store.models()) {
      store.prune(model, KEPT_VERSIONS);
    }
    collect(store);
  }

  private Set<Digest> live(ModelStore store) throws IOException {
    Set<Digest> live = new HashSet<>();
    rounds.all().map(OpenRound::round).flatMap(Housekeeping::updates).forEach(live::add);
    for (TrainingRound round : experiments.rounds().toList()) {
      String uid = round.getMetadata().getUid();
      if (!RoundStatuses.isOver(round) && rounds.find(uid).isEmpty()) {
        Optional<byte[]> saved = store.loadRound(RoundOpener.stateOf(uid));
        if (saved.isPresent()) {
          updates(RoundJson.read(saved.get())).forEach(live::add);
        }
      }
    }
    Stream<String> bases =
        Stream.concat(
            experiments.jobs().stream()
                .flatMap(job -> Stream.ofNullable(job.getSpec().getModelRef())),
            experiments
                .rounds()
                .flatMap(round -> Stream.ofNullable(round.getSpec().getModelRef())));
    Stream.concat(bases, results.get()).flatMap(text -> digest(text).stream()).forEach(live::add);
    return live;
  }

  private static Stream<Digest> updates(Round round) {
    return round.contributions().values().stream().map(Contribution::update);
  }

  private static Optional<Digest> digest(String text) {
    try {
      return Optional.of(Digest.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
