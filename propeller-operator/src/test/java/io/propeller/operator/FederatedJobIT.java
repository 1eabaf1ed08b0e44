package io.propeller.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.StoppingMetric;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskKind;
import io.propeller.api.v1.TaskMode;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundBuilder;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.mqtt.message.Start;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Experiments from round to round. */
class FederatedJobIT extends FederatedRig {

  @Test
  void each_round_begins_with_the_model_of_the_one_before() throws Exception {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      job(
          "study",
          List.of("a", "b"),
          spec ->
              spec.withNewRounds().withTotal(2).endRounds().withHyperparams(json("{\"lr\":0.1}")));

      Start first = a.nextStart();
      assertThat(first.mode()).contains(Start.Mode.TRAIN);
      assertThat(first.env())
          .containsEntry("ROUND_ID", "round-1")
          .containsEntry("FL_JOB_ID", "study")
          .containsEntry("FL_FORMAT", "json-f64")
          .containsEntry("FL_GLOBAL_VERSION", "0")
          .containsEntry("HYPERPARAMS", "{\"lr\":0.1}")
          .containsEntry("PROPLET_ID", identity("a"))
          .containsKeys("MODEL_REGISTRY_URL", "MANAGER_COORDINATOR_URL", "TASK_ID")
          .doesNotContainKeys("MODEL_URI", "FL_GLOBAL_UPDATE_B64");
      Task task = await("round-1-study-a", TaskPhase.RUNNING);
      assertThat(task.getSpec().getKind()).isEqualTo(TaskKind.FEDERATED);
      assertThat(task.getSpec().getMode()).isEqualTo(TaskMode.TRAIN);
      assertThat(task.getSpec().getPropletSelector().getPropletId()).isEqualTo("a");

      train(first, a, "[1.0,2.0]", 1);
      train(b.nextStart(), b, "[4.0,8.0]", 3);

      TrainingRound round = awaitRound("round-1-study", TrainingRoundPhase.COMPLETED);
      assertThat(round.getStatus().getUpdatesReceived()).isEqualTo(2);
      assertThat(round.getStatus().getUpdatesRequired()).isEqualTo(2);
      assertThat(round.getStatus().getAggregatedModelRef())
          .isEqualTo("fl/" + client.getNamespace() + "/study/global_model_v1");
      Task done = await("round-1-study-a", TaskPhase.COMPLETED);
      assertThat(done.getStatus().getResults().textValue()).isEqualTo("its update counts");

      Start second = a.nextStart();
      assertThat(second.env())
          .containsEntry("ROUND_ID", "round-2")
          .containsEntry("FL_GLOBAL_VERSION", "1")
          .containsEntry("MODEL_URI", round.getStatus().getAggregatedModelRef())
          .containsEntry("FL_GLOBAL_UPDATE_FORMAT", "json-f64");
      assertThat(
              new String(
                  Base64.getDecoder().decode(second.env().get("FL_GLOBAL_UPDATE_B64")), UTF_8))
          .isEqualTo("[3.25,6.5]");
      train(second, a, "[1.0,1.0]", 1);
      train(b.nextStart(), b, "[2.0,2.0]", 1);

      FederatedJob over = awaitJob("study", JobPhase.COMPLETED);
      assertThat(model(over, 1).toArray()).containsExactly(3.25, 6.5);
      assertThat(model(over, 2).toArray()).containsExactly(1.5, 1.5);
      assertThat(over.getStatus().getCompletedRounds()).isEqualTo(2);
      assertThat(over.getStatus().getAggregatedModelRef())
          .isEqualTo("fl/" + client.getNamespace() + "/study/global_model_v2");
      assertThat(over.getStatus().getHistory())
          .extracting(RoundSummary::getRound, RoundSummary::getUpdates)
          .containsExactly(tuple(1, 2), tuple(2, 2));
    }
  }

  @Test
  void each_round_draws_its_participants_anew_and_asks_more_than_it_needs() {
    List<ScriptedProplet> workers = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        workers.add(proplet("w" + i, "gpu"));
      }
      workers.add(proplet("other"));
      FederatedJob job =
          job(
              "drawn",
              List.of(),
              spec ->
                  spec.withNewParticipantSelector()
                      .withMatchCapabilities("gpu")
                      .endParticipantSelector()
                      .withParticipantCount(3)
                      .withRequiredUpdates(2)
                      .withNewRounds()
                      .withTotal(5)
                      .endRounds());
      Set<List<String>> draws = new HashSet<>();
      for (int number = 1; number <= 5; number++) {
        TrainingRound round =
            awaitRound(
                "round-" + number + "-drawn",
                one -> one.getStatus().getPhase() == TrainingRoundPhase.RUNNING);
        List<String> drawn = round.getSpec().getParticipants();
        assertThat(drawn).hasSize(3).doesNotContain("other").isSorted();
        draws.add(drawn);
        for (String name : drawn.subList(0, 2)) {
          ScriptedProplet worker = workers.get(name.charAt(1) - '0');
          train(startOf(worker, "round-" + number), worker, "[1.0]", 1);
        }
      }

      FederatedJob over = awaitJob("drawn", JobPhase.COMPLETED);
      assertThat(over.getStatus().getHistory())
          .extracting(RoundSummary::getUpdates)
          .containsExactly(2, 2, 2, 2, 2);
      assertThat(draws).hasSizeGreaterThan(1);
      assertThat(over.getMetadata().getUid()).isEqualTo(job.getMetadata().getUid());
    } finally {
      workers.forEach(ScriptedProplet::close);
    }
  }

  @Test
  void a_selector_that_finds_too_few_is_waited_for_and_says_so() {
    try (ScriptedProplet a = proplet("a", "gpu")) {
      job(
          "few",
          List.of(),
          spec ->
              spec.withNewParticipantSelector()
                  .withMatchCapabilities("gpu")
                  .endParticipantSelector()
                  .withParticipantCount(2)
                  .withRequiredUpdates(2));
      FederatedJob waiting =
          awaitJob(
              "few",
              job ->
                  condition(job.getStatus().getConditions(), "Accepted")
                      .getReason()
                      .equals("TooFewParticipants"));
      assertThat(condition(waiting.getStatus().getConditions(), "Accepted").getMessage())
          .startsWith("spec.kOfN is 2, and spec.participantSelector finds fewer: 1/1 proplets fit");
      try (ScriptedProplet b = proplet("b", "gpu")) {
        train(a.nextStart(), a, "[1.0]", 1);
        train(b.nextStart(), b, "[1.0]", 1);
        awaitJob("few", JobPhase.COMPLETED);
      }
    }
  }

  @Test
  void a_participant_that_there_is_not_is_named_and_waited_for() {
    job("early", List.of("a"), spec -> {});
    FederatedJob waiting =
        awaitJob(
            "early",
            job ->
                condition(job.getStatus().getConditions(), "Accepted")
                    .getReason()
                    .equals("UnknownParticipant"));
    assertThat(waiting.getStatus().getPhase()).isEqualTo(JobPhase.PENDING);
    assertThat(condition(waiting.getStatus().getConditions(), "Accepted").getMessage())
        .startsWith("spec.participants[0].propletId is 'a', and namespace ");
    try (ScriptedProplet a = proplet("a")) {
      train(a.nextStart(), a, "[1.0]", 1);
      awaitJob("early", JobPhase.COMPLETED);
    }
  }

  @Test
  void it_stops_when_it_no_longer_gets_better() {
    try (ScriptedProplet a = proplet("a")) {
      job(
          "bored",
          List.of("a"),
          spec ->
              spec.withNewRounds()
                  .withTotal(100)
                  .endRounds()
                  .withNewEarlyStopping()
                  .withMetric(StoppingMetric.LOSS)
                  .withPatience(2)
                  .withMinDelta(0.05)
                  .endEarlyStopping());
      for (String loss : List.of("0.9", "0.5", "0.48", "0.47")) {
        train(a.nextStart(), a, "{\"update\":[1.0],\"metrics\":{\"loss\":" + loss + "}}", 1);
      }

      FederatedJob over = awaitJob("bored", JobPhase.COMPLETED);
      assertThat(over.getStatus().getCompletedRounds()).isEqualTo(4);
      assertThat(over.getStatus().getBestRound().getRound()).isEqualTo(2);
      assertThat(over.getStatus().getHistory())
          .extracting(RoundSummary::getLoss)
          .containsExactly(0.9, 0.5, 0.48, 0.47);
      assertThat(condition(over.getStatus().getConditions(), "Completed").getReason())
          .isEqualTo("EarlyStopped");
      assertThat(condition(over.getStatus().getConditions(), "Completed").getMessage())
          .isEqualTo("loss 0.5 of round 2 was the best for 2 rounds");
    }
  }

  @Test
  void it_stops_when_it_is_good_enough() {
    try (ScriptedProplet a = proplet("a")) {
      job(
          "good",
          List.of("a"),
          spec ->
              spec.withNewRounds()
                  .withTotal(100)
                  .endRounds()
                  .withNewEarlyStopping()
                  .withMetric(StoppingMetric.ACCURACY)
                  .withTarget(0.9)
                  .endEarlyStopping());
      train(a.nextStart(), a, "{\"update\":[1.0],\"metrics\":{\"accuracy\":0.95}}", 1);

      assertThat(awaitJob("good", JobPhase.COMPLETED).getStatus().getCompletedRounds())
          .isEqualTo(1);
    }
  }

  @Test
  void rounds_that_the_history_does_not_tell_of_are_deleted() {
    try (ScriptedProplet a = proplet("a")) {
      job("long", List.of("a"), spec -> spec.withNewRounds().withTotal(52).endRounds());
      for (int round = 1; round <= 52; round++) {
        train(a.nextStart(), a, "[1.0]", 1);
      }

      FederatedJob over = awaitJob("long", JobPhase.COMPLETED);
      assertThat(over.getStatus().getHistory())
          .extracting(RoundSummary::getRound)
          .containsExactlyElementsOf(IntStream.rangeClosed(3, 52).boxed().toList());
      assertThat(client.resources(TrainingRound.class).list().getItems())
          .extracting(round -> round.getMetadata().getName())
          .hasSize(51)
          .doesNotContain("round-1-long");
    }
  }

  @Test
  void a_round_of_somebody_elses_in_its_place_is_named_and_left_alone() {
    TrainingRound stranger =
        client
            .resource(
                new TrainingRoundBuilder()
                    .withNewMetadata()
                    .withName("round-1-mine")
                    .endMetadata()
                    .withNewSpec()
                    .withRoundId("round-7")
                    .withNewFederatedJobRef("theirs")
                    .withParticipants("a")
                    .withRequiredUpdates(1)
                    .withTimeoutSeconds(60)
                    .withTaskWasmImage("registry.example.com/train:1")
                    .endSpec()
                    .build())
            .create();
    proplet("a").close();

    job("mine", List.of("a"), spec -> {});

    FederatedJob failed = awaitJob("mine", JobPhase.FAILED);
    assertThat(condition(failed.getStatus().getConditions(), "Completed"))
        .returns("NameTaken", Condition::getReason)
        .extracting(Condition::getMessage, as(InstanceOfAssertFactories.STRING))
        .contains("round-1-mine");
    assertThat(client.resources(TrainingRound.class).withName("round-1-mine").get().getSpec())
        .isEqualTo(stranger.getSpec());
  }

  @Test
  void a_model_that_there_is_not_is_named() {
    try (ScriptedProplet a = proplet("a")) {
      job("lost", List.of("a"), spec -> spec.withModelRef("fl/models/global_model_v3"));

      FederatedJob failed = awaitJob("lost", JobPhase.FAILED);
      assertThat(condition(failed.getStatus().getConditions(), "Completed").getMessage())
          .startsWith("spec.modelRef is 'fl/models/global_model_v3', and there is no such model");
      assertThat(a.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_job_may_begin_with_the_model_of_another() throws Exception {
    try (ScriptedProplet a = proplet("a")) {
      job("first", List.of("a"), spec -> {});
      train(a.nextStart(), a, "[1.5]", 1);
      String model = awaitJob("first", JobPhase.COMPLETED).getStatus().getAggregatedModelRef();
      job("second", List.of("a"), spec -> spec.withModelRef(model));

      Start start = a.nextStart();
      assertThat(start.env())
          .containsEntry("MODEL_URI", model)
          .containsEntry("FL_GLOBAL_VERSION", "1");
      assertThat(start.env().get("MODEL_REGISTRY_URL")).endsWith("/first");
      train(start, a, "[2.5]", 1);
      FederatedJob over = awaitJob("second", JobPhase.COMPLETED);
      assertThat(version(over, 1).lineage().base())
          .contains(version(awaitJob("first", job -> true), 1).content());
    }
  }

  @Test
  void the_manifest_of_an_existing_user_does_what_it_says() throws Exception {
    try (ScriptedProplet device = proplet("my-external-proplet")) {
      FederatedJob job =
          client
              .getKubernetesSerialization()
              .unmarshal(getClass().getResourceAsStream("federatedjob.yaml"), FederatedJob.class);
      client.resource(job).create();
      for (int round = 1; round <= 3; round++) {
        Start start = device.nextStart();
        assertThat(start.env())
            .containsEntry("ROUND_ID", "round-" + round)
            .containsEntry("FL_JOB_ID", "fl-experiment-001")
            .containsEntry("FL_GLOBAL_VERSION", Integer.toString(round - 1));
        assertThat(json(start.env().get("HYPERPARAMS")))
            .isEqualTo(json("{\"learning_rate\":0.01,\"batch_size\":32,\"epochs\":5}"));
        train(start, device, "{\"w\":[0.1,0.2],\"b\":" + round + "}", 10);
      }

      FederatedJob over = awaitJob("sample-fl-job", JobPhase.COMPLETED);
      assertThat(over.getStatus().getCompletedRounds()).isEqualTo(3);
      assertThat(model(over, 3).part("/b")).containsExactly(3.0);
    }
  }

  /** Returns what a worker is told of a round; what it was told of others is nothing to it. */
  private static Start startOf(ScriptedProplet worker, String round) {
    while (true) {
      Start start = worker.nextStart();
      if (round.equals(start.env().get("ROUND_ID"))) {
        return start;
      }
    }
  }
}
