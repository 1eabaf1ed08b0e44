package io.propeller.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.RoundParticipantStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundBuilder;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.TaskId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What one round counts, and how it ends. */
class TrainingRoundIT extends FederatedRig {

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = super.options();
    options.coordinatorBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return options;
  }

  @Test
  void the_same_update_on_three_ways_counts_once() throws Exception {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      job("study", List.of("a", "b"), spec -> {});
      Start start = a.nextStart();
      String update =
          "{\"round_id\":\"round-1\",\"proplet_id\":\"whoever\",\"num_samples\":1,\"update\":[1.0],"
              + "\"metrics\":{\"loss\":0.5,\"accuracy\":0.75}}";
      HttpResponse<String> posted = post(start, update);
      assertThat(posted.statusCode()).isEqualTo(200);
      assertThat(posted.body()).isEqualTo("{\"status\":\"counted\"}\n");
      assertThat(post(start, update).statusCode()).isEqualTo(409);
      a.publish(update(start, a, "[1.0]", 1));
      train(start, a, "[1.0]", 1);

      await("round-1-study-a", TaskPhase.COMPLETED);
      awaitRound("round-1-study", round -> round.getStatus().getUpdatesReceived() == 1);
      Start other = b.nextStart();
      b.publish(update(other, b, "[4.0]", 2));

      TrainingRound over = awaitRound("round-1-study", TrainingRoundPhase.COMPLETED);
      assertThat(over.getStatus().getUpdatesReceived()).isEqualTo(2);
      assertThat(over.getStatus().getUpdatesRefused()).containsEntry("repeated", 2);
      assertThat(over.getStatus().getLoss()).isEqualTo(0.5);
      assertThat(over.getStatus().getAccuracy()).isEqualTo(0.75);
      assertThat(over.getStatus().getParticipants())
          .extracting(RoundParticipantStatus::isUpdateReceived)
          .containsExactly(true, true);
      assertThat(model(awaitJob("study", JobPhase.COMPLETED), 1).toArray()).containsExactly(3.0);
      // It has said all that it has to say, and never answers its task.
      await("round-1-study-b", TaskPhase.COMPLETED);
    }
  }

  @Test
  void models_are_given_out_as_workers_ask_for_them() throws Exception {
    try (ScriptedProplet a = proplet("a")) {
      job("study", List.of("a"), spec -> spec.withNewRounds().withTotal(2).endRounds());
      train(a.nextStart(), a, "{\"w\":[0.5,1.0],\"b\":0.1}", 1);

      Start second = a.nextStart();
      String registry = second.env().get("MODEL_REGISTRY_URL");
      HttpResponse<String> model = get(registry + "/models/1");
      assertThat(model.statusCode()).isEqualTo(200);
      assertThat(model.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(json(model.body())).isEqualTo(json("{\"w\":[0.5,1.0],\"b\":0.1}"));
      assertThat(get(registry + "/models/7").statusCode()).isEqualTo(404);
      assertThat(get(registry + "/models/7").body()).contains("study/global_model_v7");
      assertThat(get(registry + "/models/x").statusCode()).isEqualTo(404);
      String server = registry.substring(0, registry.indexOf('/', "http://".length()));
      assertThat(get(server + "/models/1").body()).isEqualTo(model.body());

      String stranger = second.env().get("MANAGER_COORDINATOR_URL").replaceFirst("/a$", "/z");
      assertThat(post(stranger, "{}").statusCode()).isEqualTo(403);
      assertThat(post(second, "no json").statusCode()).isEqualTo(400);
      assertThat(
              post(second, "{\"round_id\":\"round-1\",\"num_samples\":1,\"update\":[1.0]}").body())
          .contains("OTHER_ROUND");
      assertThat(post(second, "{\"num_samples\":1,\"update\":{\"w\":[1.0],\"b\":0}}").body())
          .contains("SHAPE");
      assertThat(post(second, "x".repeat((10 << 20) + 1)).statusCode()).isEqualTo(413);
      assertThat(
              post(
                      server,
                      "{\"round_id\":2,\"proplet_id\":\"%s\",\"num_samples\":1,\"update\":{\"w\":[1.0,2.0],\"b\":0}}"
                          .formatted(identity("a")))
                  .statusCode())
          .isEqualTo(200);
      awaitJob("study", JobPhase.COMPLETED);
      assertThat(post(second, "{}").statusCode()).isEqualTo(410);
    }
  }

  @Test
  void a_round_ends_within_a_second_of_its_deadline() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      job("study", List.of("a", "b"), spec -> spec.withTimeoutSeconds(3));
      train(a.nextStart(), a, "[1.0]", 1);
      TaskId straggler = b.nextStart().id();

      TrainingRound over = awaitRound("round-1-study", TrainingRoundPhase.FAILED);
      assertThat(over.getStatus().getEndTime())
          .isBetween(
              over.getStatus().getStartTime().plusSeconds(3),
              over.getStatus().getStartTime().plusSeconds(4));
      assertThat(condition(over.getStatus().getConditions(), "Completed").getReason())
          .isEqualTo("DeadlineExceeded");
      assertThat(condition(over.getStatus().getConditions(), "Completed").getMessage())
          .isEqualTo("1 of the 2 updates that it needs were in after spec.timeoutSeconds, 3");
      assertThat(b.nextStop().id()).isEqualTo(straggler);
      var job = awaitJob("study", JobPhase.FAILED);
      assertThat(condition(job.getStatus().getConditions(), "Completed").getMessage())
          .startsWith("round-1-study failed: DeadlineExceeded: ");
    }
  }

  @Test
  void a_round_that_cannot_succeed_any_more_fails_at_once() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      job("study", List.of("a", "b"), spec -> spec.withTimeoutSeconds(3600));
      a.fail(a.nextStart().id(), "wasm trap: unreachable");

      TrainingRound over = awaitRound("round-1-study", TrainingRoundPhase.FAILED);
      assertThat(condition(over.getStatus().getConditions(), "Completed").getReason())
          .isEqualTo("Impossible");
      assertThat(over.getStatus().getParticipants())
          .extracting(RoundParticipantStatus::getStatus)
          .containsExactly("Failed", "Stopped");
      assertThat(b.nextStop()).isNotNull();
      awaitJob("study", JobPhase.FAILED);
    }
  }

  @Test
  void enough_updates_end_the_round_and_stop_the_others() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b");
        ScriptedProplet c = proplet("c")) {
      job("study", List.of("a", "b", "c"), spec -> spec.withRequiredUpdates(2));
      Start late = c.nextStart();
      train(a.nextStart(), a, "[1.0]", 1);
      train(b.nextStart(), b, "[2.0]", 1);

      TrainingRound over = awaitRound("round-1-study", TrainingRoundPhase.COMPLETED);
      assertThat(over.getStatus().getUpdatesReceived()).isEqualTo(2);
      assertThat(over.getStatus().getUpdatesRequired()).isEqualTo(2);
      assertThat(c.nextStop().id()).isEqualTo(late.id());
      Task stopped = await("round-1-study-c", TaskPhase.INTERRUPTED);
      assertThat(stopped.getSpec().isSuspend()).isTrue();

      train(late, c, "[9.0]", 1);
      Task ended = await("round-1-study-c", TaskPhase.FAILED);
      assertThat(ended.getStatus().getError())
          .isEqualTo("the update does not count: LATE: round-1-study is over");
    }
  }

  @Test
  void what_is_no_good_update_fails_its_task_and_the_others_count() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b");
        ScriptedProplet c = proplet("c");
        ScriptedProplet d = proplet("d")) {
      job("study", List.of("a", "b", "c", "d"), spec -> spec.withRequiredUpdates(2));
      train(a.nextStart(), a, "[NaN]", 1);
      train(b.nextStart(), b, "[1e999]", 1);
      Task nan = await("round-1-study-a", TaskPhase.FAILED);
      assertThat(nan.getStatus().getError()).startsWith("the update does not count: MALFORMED");
      Task infinite = await("round-1-study-b", TaskPhase.FAILED);
      assertThat(infinite.getStatus().getError()).contains("NOT_FINITE");
      train(c.nextStart(), c, "[1.0]", 1);
      train(d.nextStart(), d, "[2.0]", 1);

      TrainingRound over = awaitRound("round-1-study", TrainingRoundPhase.COMPLETED);
      assertThat(over.getStatus().getUpdatesReceived()).isEqualTo(2);
      assertThat(over.getStatus().getUpdatesRefused())
          .isEqualTo(Map.of("malformed", 1, "not_finite", 1));
    }
  }

  @Test
  void a_worker_that_went_for_good_is_not_waited_for() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      job("study", List.of("a", "b"), spec -> spec.withTimeoutSeconds(10));
      a.nextStart();
      b.leave();

      TrainingRound over = awaitRound("round-1-study", TrainingRoundPhase.FAILED);
      assertThat(condition(over.getStatus().getConditions(), "Completed").getReason())
          .isEqualTo("Impossible");
      assertThat(Duration.between(over.getStatus().getStartTime(), over.getStatus().getEndTime()))
          .isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void a_task_that_is_deleted_takes_its_participant_out_of_the_round() {
    try (ScriptedProplet a = proplet("a");
        ScriptedProplet b = proplet("b")) {
      job("study", List.of("a", "b"), spec -> spec.withTimeoutSeconds(3600));
      a.nextStart();
      b.nextStart();
      client.resources(Task.class).withName("round-1-study-a").delete();

      TrainingRound over = awaitRound("round-1-study", TrainingRoundPhase.FAILED);
      assertThat(over.getStatus().getParticipants().get(0).getStatus()).isEqualTo("Lost");
    }
  }

  @Test
  void a_round_of_nobodys_makes_a_model_of_its_own() throws Exception {
    try (ScriptedProplet a = proplet("a")) {
      client
          .resource(
              new TrainingRoundBuilder()
                  .withNewMetadata()
                  .withName("alone")
                  .endMetadata()
                  .withNewSpec()
                  .withRoundId("7")
                  .withNewFederatedJobRef("none")
                  .withTaskWasmImage("https://example.com/train.wasm")
                  .withParticipants("a")
                  .withRequiredUpdates(1)
                  .endSpec()
                  .build())
          .create();
      Start start = a.nextStart();
      assertThat(start.env()).containsEntry("ROUND_ID", "7");
      train(start, a, "[1.5]", 1);

      TrainingRound over = awaitRound("alone", TrainingRoundPhase.COMPLETED);
      assertThat(over.getStatus().getAggregatedModelRef())
          .isEqualTo("fl/" + client.getNamespace() + "/alone/global_model_v1");
      assertThat(get(start.env().get("MODEL_REGISTRY_URL") + "/models/1").body())
          .isEqualTo("[1.5]");
    }
  }

  @Test
  void a_round_whose_tasks_the_api_server_does_not_take_has_failed_and_says_so() {
    try (ScriptedProplet a = proplet("a")) {
      job(
          "study",
          List.of("a"),
          spec -> spec.withHyperparams(json("[\"" + "x".repeat(140_000) + "\"]")));

      TrainingRound failed = awaitRound("round-1-study", TrainingRoundPhase.FAILED);
      assertThat(condition(failed.getStatus().getConditions(), "Completed").getReason())
          .isEqualTo("InvalidTask");
      assertThat(condition(failed.getStatus().getConditions(), "Completed").getMessage())
          .contains("spec.env.HYPERPARAMS");
      awaitJob("study", JobPhase.FAILED);
      assertThat(a.hasNoStart()).isTrue();
    }
  }

  @Test
  void a_round_without_a_module_says_so() {
    client
        .resource(
            new TrainingRoundBuilder()
                .withNewMetadata()
                .withName("empty")
                .endMetadata()
                .withNewSpec()
                .withRoundId("round-1")
                .withNewFederatedJobRef("none")
                .withParticipants("a")
                .withRequiredUpdates(1)
                .endSpec()
                .build())
        .create();

    TrainingRound failed = awaitRound("empty", TrainingRoundPhase.FAILED);
    assertThat(condition(failed.getStatus().getConditions(), "Completed").getMessage())
        .isEqualTo(
            "spec.taskWasmImage is missing, and there is no FederatedJob 'none' that has the module"
                + " inline");
  }

  @Test
  void a_federated_task_of_nobodys_is_refused() {
    create("learner", spec -> spec.withKind(io.propeller.api.v1.TaskKind.FEDERATED));

    Task failed = await("learner", TaskPhase.FAILED);
    assertThat(failed.getStatus().getError())
        .isEqualTo(
            "spec.kind is federated, and the task belongs to no TrainingRound: create a"
                + " FederatedJob, which makes its rounds, and those their tasks");
  }

  @Test
  void no_operator_that_does_not_lead_takes_updates() throws Exception {
    try (ScriptedProplet a = proplet("a")) {
      job("study", List.of("a"), spec -> {});
      Start start = a.nextStart();
      operator.close();
      Awaitility.await()
          .untilAsserted(
              () ->
                  org.assertj.core.api.Assertions.assertThatThrownBy(() -> post(start, "{}"))
                      .isInstanceOf(java.io.IOException.class));
    }
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private HttpResponse<String> post(Start start, String body) throws Exception {
    return post(start.env().get("MANAGER_COORDINATOR_URL"), body);
  }

  private HttpResponse<String> post(String url, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + "/update"))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }
}
