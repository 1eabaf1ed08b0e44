package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.RoundSummary;
import io.propeller.api.v1.TrainingRound;
import io.propeller.mqtt.message.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds of many workers, of which some fail, fall silent, repeat themselves or are late. */
class FederatedFleetIT extends FederatedRig {

  private static final int WORKERS = 20;
  private static final int ROUNDS = 10;

  /** What a worker does in a round. */
  private enum Mood {
    RETURNS,
    PUBLISHES,
    TWICE,
    BOTH_WAYS,
    FAILS,
    SILENT,
    LATE
  }

  private final List<Trainer> workers = new ArrayList<>();
  private final Map<Integer, Start> kept = new ConcurrentHashMap<>();

  @AfterEach
  void closeWorkers() {
    workers.forEach(Trainer::close);
  }

  @Test
  void ten_rounds_over_twenty_workers_count_what_they_should() throws Exception {
    for (int i = 0; i < WORKERS; i++) {
      client.resource(propletResource(name(i)).build()).create();
      workers.add(worker(i));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              workers.forEach(Trainer::beat);
              return IntStream.range(0, WORKERS).allMatch(i -> isRunning(name(i)));
            });

    job(
        "fleet",
        IntStream.range(0, WORKERS).mapToObj(FederatedFleetIT::name).toList(),
        spec ->
            spec.withRequiredUpdates(5)
                .withTimeoutSeconds(60)
                .withNewRounds()
                .withTotal(ROUNDS)
                .endRounds()
                .withNewAggregator()
                .withAlgorithm("fedavg")
                .withConfig(json("{\"graceSeconds\":2}"))
                .endAggregator());
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              workers.forEach(Trainer::beat);
              return awaitJob("fleet", job -> true).getStatus().getPhase().isTerminal();
            });

    FederatedJob over = awaitJob("fleet", JobPhase.COMPLETED);
    Map<Integer, Integer> counted = new TreeMap<>();
    over.getStatus().getHistory().forEach(one -> counted.put(one.getRound(), one.getUpdates()));
    Map<Integer, Integer> wanted = new TreeMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      int number = round;
      List<Integer> answering =
          IntStream.range(0, WORKERS).filter(i -> answers(mood(number, i))).boxed().toList();
      wanted.put(round, answering.size());
      double mean = answering.stream().mapToInt(i -> number * 100 + i).average().orElseThrow();
      assertThat(model(over, round).toArray())
          .as("round %d", round)
          .containsExactly(new double[] {mean}, within(1e-9));
    }
    assertThat(counted).isEqualTo(wanted);
    assertThat(over.getStatus().getHistory()).extracting(RoundSummary::getRound).hasSize(ROUNDS);
    TrainingRound last = awaitRound("round-10-fleet", round -> true);
    assertThat(last.getStatus().getUpdatesRequired()).isEqualTo(5);
    assertThat(last.getStatus().getUpdatesReceived()).isEqualTo(wanted.get(ROUNDS));
  }

  private Trainer worker(int number) {
    return new Trainer(
        broker.address(),
        channel,
        identity(name(number)),
        (self, start) -> act(self, start, number));
  }

  private void act(Trainer worker, Start start, int number) {
    Start before = kept.remove(number);
    if (before != null) {
      worker.returns(before, "[1e9]");
      worker.publishes(before, "[1e9]");
    }
    int round = Integer.parseInt(start.env().get("ROUND_ID").substring("round-".length()));
    String payload = "[" + (round * 100 + number) + ".0]";
    switch (mood(round, number)) {
      case RETURNS -> worker.returns(start, payload);
      case PUBLISHES -> worker.publishes(start, payload);
      case TWICE -> {
        worker.returns(start, payload);
        worker.returns(start, "[1e9]");
      }
      case BOTH_WAYS -> {
        worker.publishes(start, payload);
        worker.returns(start, payload);
      }
      case FAILS -> worker.fails(start);
      case LATE -> kept.put(number, start);
      case SILENT -> {}
    }
  }

  private static boolean answers(Mood mood) {
    return mood != Mood.FAILS && mood != Mood.SILENT && mood != Mood.LATE;
  }

  /** One and the same in each run. */
  private static Mood mood(int round, int number) {
    return Mood.values()[(round * 5 + number * 3 + number / 7) % Mood.values().length];
  }

  private static String name(int number) {
    return "w" + number;
  }
}
