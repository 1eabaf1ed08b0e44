package io.propeller.operator.internal.federated;

import io.propeller.api.v1.FederatedJobSpec;
import io.propeller.api.v1.ModelStoreSelection;
import io.propeller.api.v1.Participant;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a FederatedJob must be like that can be carried out, beyond what its CRD says. */
final class JobRules {

  /** The one way in which rounds follow each other. */
  private static final String SEQUENTIAL = "sequential";

  /** Names of the store that the operator has anyway. */
  private static final Set<String> OWN_STORE = Set.of("default", "directory", "file");

  private JobRules() {}

  /**
   * Checks a job.
   *
   * @return how its updates become models
   * @throws IllegalArgumentException if it cannot be carried out; the message names the field, its
   *     value, and what would be right
   */
  static Recipe check(FederatedJobSpec spec, AggregationAlgorithms algorithms) {
    Recipe recipe = Recipe.of(spec.getAggregator(), algorithms);
    checkQuorum(spec, recipe);
    String strategy = spec.getRounds().getStrategy();
    if (strategy != null && !strategy.isEmpty() && !strategy.equals(SEQUENTIAL)) {
      throw new IllegalArgumentException(
          "spec.rounds.strategy must be %s, the only one that there is, is '%s'"
              .formatted(SEQUENTIAL, strategy));
    }
    ModelStoreSelection store = spec.getModelStore();
    if (store != null && !OWN_STORE.contains(store.getName())) {
      throw new IllegalArgumentException(
          "spec.modelStore.name is '%s': this operator keeps all models in the folder of its option --model-store; leave spec.modelStore out"
              .formatted(store.getName()));
    }
    if (store != null && store.getConfig() != null) {
      throw new IllegalArgumentException(
          "spec.modelStore.config must be left out: how models are kept is for the operator's"
              + " options --model-store and --model-store-limit to say");
    }
    return recipe;
  }

  private static void checkQuorum(FederatedJobSpec spec, Recipe recipe) {
    Set<String> names = new HashSet<>();
    List<Participant> participants = spec.getParticipants();
    for (int i = 0; i < participants.size(); i++) {
      if (!names.add(participants.get(i).getPropletId())) {
        throw new IllegalArgumentException(
            "spec.participants[%d].propletId is '%s', which is there already; each must be named once"
                .formatted(i, participants.get(i).getPropletId()));
      }
    }
    int quorum = spec.getRequiredUpdates();
    Integer count = spec.getParticipantCount();
    int most = count == null ? participants.size() : count;
    if (quorum < 1 || quorum > most) {
      throw new IllegalArgumentException(
          "spec.kOfN must be from 1 to the number of participants, %d, is %d"
              .formatted(most, quorum));
    }
    int least = recipe.algorithm().minimumUpdates();
    if (quorum < least) {
      throw new IllegalArgumentException(
          "spec.kOfN must be at least %d for spec.aggregator.algorithm %s with these settings, is %d"
              .formatted(least, recipe.name(), quorum));
    }
  }
}
