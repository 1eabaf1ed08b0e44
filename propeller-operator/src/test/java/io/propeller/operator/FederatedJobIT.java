package io.propeller.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskKind;
import io.propeller.api.v1.TaskMode;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.mqtt.message.Start;
import java.util.Base64;
import java.util.List;
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
}
