package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What users read in {@code kubectl describe} of a FederatedJob and of its rounds. */
class FederatedEventsIT extends FederatedRig {

  @Test
  void each_step_of_a_job_and_of_its_rounds_is_one_event() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b");
        ScriptedProplet c = proplet("c")) {
      FederatedJob job =
          job(
              "study",
              List.of("a", "b", "c"),
              spec -> spec.withNewRounds().withTotal(2).endRounds());
      for (int round = 1; round <= 2; round++) {
        train(a.nextStart(), a, "[1.0]", 1);
        train(b.nextStart(), b, "[2.0]", 1);
        train(c.nextStart(), c, "[3.0]", 1);
      }
      TrainingRound first = awaitRound("round-1-study", TrainingRoundPhase.COMPLETED);
      TrainingRound second = awaitRound("round-2-study", TrainingRoundPhase.COMPLETED);
      awaitJob("study", JobPhase.COMPLETED);

      String model = "fl/" + client.getNamespace() + "/study/global_model_v";
      assertEvents(
          job,
          tuple("Normal", "RoundStarted", "round 1 of 2 goes on"),
          tuple("Normal", "RoundCompleted", "round 1 of 2 made " + model + 1),
          tuple("Normal", "RoundStarted", "round 2 of 2 goes on"),
          tuple("Normal", "Completed", "2 of 2 rounds are complete"));
      assertEvents(
          first,
          tuple("Normal", "TasksMade", "its participants are asked"),
          tuple("Normal", "Aggregated", "3 updates became " + model + 1));
      assertEvents(
          second,
          tuple("Normal", "TasksMade", "its participants are asked"),
          tuple("Normal", "Aggregated", "3 updates became " + model + 2));
    }
  }

  @Test
  void what_fails_is_a_warning_of_the_round_and_of_its_job() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      FederatedJob job = job("study", List.of("a", "b"), spec -> {});
      b.nextStart();
      a.fail(a.nextStart().id(), "wasm trap: unreachable");
      TrainingRound round = awaitRound("round-1-study", TrainingRoundPhase.FAILED);
      FederatedJob failed = awaitJob("study", JobPhase.FAILED);

      String why = condition(round.getStatus().getConditions(), "Completed").getMessage();
      assertEvents(
          round,
          tuple("Normal", "TasksMade", "its participants are asked"),
          tuple("Warning", "Impossible", why));
      assertEvents(
          job,
          tuple("Normal", "RoundStarted", "round 1 of 1 goes on"),
          tuple(
              "Warning",
              "RoundFailed",
              condition(failed.getStatus().getConditions(), "Completed").getMessage()));
    }
  }

  @Test
  void what_is_refused_and_what_waits_is_told_once() {
    FederatedJob refused =
        job(
            "wrong",
            List.of("a"),
            spec -> spec.withNewAggregator().withAlgorithm("fedwhat").endAggregator());
    FederatedJob ended = awaitJob("wrong", JobPhase.FAILED);
    assertEvents(
        refused,
        tuple(
            "Warning",
            "InvalidSpec",
            condition(ended.getStatus().getConditions(), "Completed").getMessage()));

    FederatedJob waiting = job("early", List.of("late"), spec -> {});
    FederatedJob held = awaitJob("early", JobPhase.PENDING);
    String why = condition(held.getStatus().getConditions(), "Accepted").getMessage();
    assertEvents(waiting, tuple("Warning", "UnknownParticipant", why));
    try (ScriptedProplet late = proplet("late")) {
      train(late.nextStart(), late, "[1.0]", 1);
      awaitJob("early", JobPhase.COMPLETED);
      assertEvents(
          waiting,
          tuple("Warning", "UnknownParticipant", why),
          tuple("Normal", "RoundStarted", "round 1 of 1 goes on"),
          tuple("Normal", "Completed", "1 of 1 rounds are complete"));
    }
  }

  private void assertEvents(HasMetadata about, Tuple... expected) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .v1()
                            .events()
                            .withField("involvedObject.uid", about.getMetadata().getUid())
                            .list()
                            .getItems())
                    .extracting(Event::getType, Event::getReason, Event::getMessage)
                    .containsExactlyInAnyOrder(expected));
  }
}
