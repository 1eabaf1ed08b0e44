package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.propeller.api.v1.FederatedJobSpec;
import io.propeller.api.v1.FederatedJobSpecBuilder;
import io.propeller.api.v1.ModelStoreSelection;
import io.propeller.api.v1.Participant;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRulesTest {

  private static final AggregationAlgorithms ALGORITHMS = AggregationAlgorithms.of(List.of());

  @Test
  void a_job_in_order_gives_its_recipe() {
    FederatedJobSpec spec = job(3, "a", "b", "c");
    spec.getAggregator().setAlgorithm("median");

    assertThat(JobRules.check(spec, ALGORITHMS).name()).isEqualTo("median");
  }

  @Test
  void a_participant_is_named_once() {
    assertRefused(
        job(2, "a", "b", "a"),
        "spec.participants[2].propletId is 'a', which is there already; each must be named once");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3})
  void as_many_updates_as_there_are_participants_at_most(int quorum) {
    assertRefused(
        job(quorum, "a", "b"),
        "spec.kOfN must be from 1 to the number of participants, 2, is " + quorum);
  }

  @Test
  void those_that_are_drawn_count_by_their_number() {
    FederatedJobSpec spec = job(4);
    spec.setParticipantCount(4);
    assertThat(JobRules.check(spec, ALGORITHMS).name()).isEqualTo("fedavg");
    spec.setParticipantCount(3);
    assertRefused(spec, "spec.kOfN must be from 1 to the number of participants, 3, is 4");
  }

  @Test
  void an_algorithm_may_need_more_updates() {
    FederatedJobSpec spec = job(4, "a", "b", "c", "d");
    spec.getAggregator().setAlgorithm("krum");

    assertRefused(
        spec,
        "spec.kOfN must be at least 5 for spec.aggregator.algorithm krum with these settings, is"
            + " 4");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "sequential"})
  void rounds_follow_each_other(@Nullable String strategy) {
    FederatedJobSpec spec = job(1, "a");
    spec.getRounds().setStrategy(strategy);

    assertThat(JobRules.check(spec, ALGORITHMS)).isNotNull();
  }

  @Test
  void another_strategy_is_refused() {
    FederatedJobSpec spec = job(1, "a");
    spec.getRounds().setStrategy("async");

    assertRefused(
        spec, "spec.rounds.strategy must be sequential, the only one that there is, is 'async'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "directory", "file"})
  void the_operators_own_store_may_be_named(String name) {
    FederatedJobSpec spec = job(1, "a");
    spec.setModelStore(store(name));

    assertThat(JobRules.check(spec, ALGORITHMS)).isNotNull();
  }

  @Test
  void another_store_or_settings_of_it_are_refused() {
    FederatedJobSpec spec = job(1, "a");
    spec.setModelStore(store("s3"));
    assertRefused(
        spec,
        "spec.modelStore.name is 's3': this operator keeps all models in the folder of its option"
            + " --model-store; leave spec.modelStore out");
    spec.setModelStore(store("file"));
    spec.getModelStore().setConfig(JsonNodeFactory.instance.objectNode().put("folder", "/tmp"));
    assertRefused(
        spec,
        "spec.modelStore.config must be left out: how models are kept is for the operator's options"
            + " --model-store and --model-store-limit to say");
  }

  private static void assertRefused(FederatedJobSpec spec, String message) {
    assertThatThrownBy(() -> JobRules.check(spec, ALGORITHMS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ModelStoreSelection store(String name) {
    ModelStoreSelection store = new ModelStoreSelection();
    store.setName(name);
    return store;
  }

  private static FederatedJobSpec job(int quorum, String... proplets) {
    List<Participant> participants =
        Stream.of(proplets)
            .map(
                proplet -> {
                  Participant participant = new Participant();
                  participant.setPropletId(proplet);
                  return participant;
                })
            .toList();
    return new FederatedJobSpecBuilder()
        .withParticipants(participants)
        .withRequiredUpdates(quorum)
        .withNewAggregator()
        .endAggregator()
        .withNewRounds()
        .withTotal(1)
        .endRounds()
        .build();
  }
}
