package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundPhase;
import io.propeller.mqtt.client.BrokerOptions;
import io.propeller.mqtt.client.MqttBroker;
import io.propeller.mqtt.client.WorkerChannel;
import io.propeller.mqtt.client.WorkerChannelOptions;
import io.propeller.mqtt.client.WorkerListener;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the operator's options decide about federated learning. */
class FederatedOptionsIT extends FederatedRig {

  private boolean kept = true;
  private boolean accepted;
  private long limit = Long.MAX_VALUE;

  @Override
  OperatorOptions.Builder options() {
    OperatorOptions.Builder options = super.options();
    options.modelStore(kept ? Optional.of(store) : Optional.empty()).modelStoreLimit(limit);
    if (accepted) {
      options.acceptRoundStart(client.getNamespace());
    }
    return options;
  }

  private void restart() throws Exception {
    operator.close();
    operator = startOperator();
  }

  @Test
  void without_a_store_a_job_waits_and_says_what_is_missing() throws Exception {
    kept = false;
    restart();
    try (ScriptedProplet a = proplet("a")) {
      job("study", List.of("a"), spec -> {});
      FederatedJob waiting = awaitJob("study", JobPhase.PENDING);
      assertThat(condition(waiting.getStatus().getConditions(), "Accepted").getReason())
          .isEqualTo("NoModelStore");
      assertThat(condition(waiting.getStatus().getConditions(), "Accepted").getMessage())
          .contains("--model-store");
      kept = true;
      restart();
      train(a.nextStart(), a, "[1.0]", 1);
      awaitJob("study", JobPhase.COMPLETED);
    }
  }

  @Test
  void a_store_of_limited_size_holds_what_is_needed() throws Exception {
    limit = 40_000;
    restart();
    try (ScriptedProplet a = proplet("a")) {
      job(
          "long",
          List.of("a"),
          spec -> spec.withTimeoutSeconds(2_592_000).withNewRounds().withTotal(12).endRounds());
      String large = "0.5,".repeat(999) + "0.25";
      for (int i = 0; i < 12; i++) {
        Start start = a.nextStart();
        clock.moveTo(clock.instant().plus(Duration.ofHours(1)));
        train(start, a, "[" + i + "," + large + "]", 1);
      }

      FederatedJob over = awaitJob("long", JobPhase.COMPLETED);
      assertThat(model(over, 12).value(0)).isEqualTo(11);
      try (Stream<java.nio.file.Path> files = Files.walk(store.resolve("content"))) {
        assertThat(
                files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
            .isLessThanOrEqualTo(limit);
      }
    }
  }

  @Test
  void nobody_makes_rounds_over_the_channel_unless_that_is_switched_on() throws Exception {
    try (ScriptedProplet a = proplet("a");
        Ear ear = new Ear()) {
      ear.publish(wish());
      accepted = true;
      restart();
      ear.publish(wish());
      ear.publish(wish());

      Start start = a.nextStart();
      assertThat(start.env())
          .containsEntry("ROUND_ID", "round-9")
          .containsEntry("HYPERPARAMS", "{\"lr\":0.5}");
      List<TrainingRound> rounds = client.resources(TrainingRound.class).list().getItems();
      assertThat(rounds).hasSize(1);
      assertThat(rounds.get(0).getSpec().getParticipants()).containsExactly("a");
      assertThat(rounds.get(0).getSpec().getTimeoutSeconds()).isEqualTo(120);
      train(start, a, "[1.0]", 1);
      TrainingRound over =
          awaitRound(rounds.get(0).getMetadata().getName(), TrainingRoundPhase.COMPLETED);

      RoundComplete told = ear.next();
      assertThat(told.roundId()).isEqualTo(RoundId.of("round-9"));
      assertThat(told.modelUri()).contains(over.getStatus().getAggregatedModelRef());
      assertThat(told.newModelVersion()).contains("1");
      assertThat(told.nextRoundAvailable()).isFalse();
    }
  }

  @Test
  void the_end_of_each_round_of_a_job_is_told() throws Exception {
    try (ScriptedProplet a = proplet("a");
        Ear ear = new Ear()) {
      job("study", List.of("a"), spec -> spec.withNewRounds().withTotal(2).endRounds());
      train(a.nextStart(), a, "[1.0]", 1);
      RoundComplete first = ear.next();
      assertThat(first.roundId()).isEqualTo(RoundId.of("round-1"));
      assertThat(first.nextRoundAvailable()).isTrue();
      train(a.nextStart(), a, "[2.0]", 1);
      RoundComplete second = ear.next();
      assertThat(second.newModelVersion()).contains("2");
      assertThat(second.nextRoundAvailable()).isFalse();
      FederatedJob over = awaitJob("study", JobPhase.COMPLETED);
      assertThat(second.modelUri()).contains(over.getStatus().getAggregatedModelRef());
    }
  }

  private RoundStart wish() {
    return RoundStart.builder()
        .experimentId("Elsewhere")
        .roundId(RoundId.of("round-9"))
        .modelUri("fl/models/global_model_v0")
        .taskWasmImage("https://example.com/train.wasm")
        .addParticipants(PropletId.of(identity("a")))
        .hyperparams(io.propeller.mqtt.message.Json.parse("{\"lr\":0.5}"))
        .kOfN(1)
        .timeout(Duration.ofMinutes(2))
        .build();
  }

  /** A coordinator elsewhere on the channel. */
  private final class Ear implements WorkerListener, AutoCloseable {

    private final BlockingQueue<RoundComplete> heard = new LinkedBlockingQueue<>();
    private final WorkerChannel ear;

    Ear() {
      ear =
          MqttBroker.of(BrokerOptions.builder().address(broker.address()).build())
              .open(
                  WorkerChannelOptions.builder()
                      .channel(channel)
                      .id(PropletId.of(identity("coordinator")))
                      .build(),
                  this);
      Awaitility.await()
          .until(() -> ear.state() instanceof io.propeller.mqtt.client.ConnectionState.Connected);
    }

    void publish(RoundStart wish) {
      ear.publish(wish).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    RoundComplete next() throws InterruptedException {
      RoundComplete message = heard.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no RoundComplete within 20 s");
      }
      return message;
    }

    @Override
    public void onRoundComplete(RoundComplete message) {
      heard.add(message);
    }

    @Override
    public void onStart(Start start) {}

    @Override
    public void onStop(Stop stop) {}

    @Override
    public void close() {
      ear.close();
    }
  }
}
