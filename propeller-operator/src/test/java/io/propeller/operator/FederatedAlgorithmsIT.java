package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.JobPhase;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.mqtt.message.Start;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The algorithms, by their names and with their settings. */
class FederatedAlgorithmsIT extends FederatedRig {

  private static final int WORKERS = 7;

  /** What an algorithm cannot do without. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "norm-clipping", "{\"maxNorm\":100}",
          "qfedavg", "{\"learningRate\":0.1}",
          "gaussian-dp", "{\"maxNorm\":1,\"noiseMultiplier\":0.5}");

  private List<ScriptedProplet> workers = List.of();

  @AfterEach
  void closeWorkers() {
    workers.forEach(ScriptedProplet::close);
  }

  @Test
  void every_algorithm_makes_models_from_round_to_round() throws Exception {
    workers = IntStream.range(0, WORKERS).mapToObj(i -> proplet("w" + i)).toList();
    start("first", "fedavg", "{}", 1, null);
    String first = train("first", 1).getStatus().getAggregatedModelRef();
    for (String algorithm : AggregationAlgorithms.load().names()) {
      int rounds = algorithm.equals("concat") ? 1 : 2;
      start(algorithm, algorithm, SETTINGS.getOrDefault(algorithm, "{}"), rounds, first);
      FederatedJob over = train(algorithm, rounds);
      assertThat(over.getStatus().getCompletedRounds()).as(algorithm).isPositive();
      assertThat(version(over, 1).lineage().algorithm()).isEqualTo(algorithm);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"norm-clipping", "qfedavg", "gaussian-dp"})
  void what_looks_at_changes_needs_no_first_model(String algorithm) throws Exception {
    workers = IntStream.range(0, WORKERS).mapToObj(i -> proplet("w" + i)).toList();
    start("study", algorithm, SETTINGS.getOrDefault(algorithm, "{}"), 2, null);
    FederatedJob over = train("study", 2);
    assertThat(over.getStatus().getCompletedRounds()).isEqualTo(2);
    if (algorithm.equals("norm-clipping")) {
      // The updates are 0, 1, … and 6, and none is longer than the norm.
      assertThat(model(over, 1).toArray()[0]).isEqualTo(3.0, Offset.offset(1e-9));
    }
  }

  @Test
  void settings_decide_what_comes_of_the_same_updates() throws Exception {
    workers = IntStream.range(0, WORKERS).mapToObj(i -> proplet("w" + i)).toList();
    start("median", "median", "{}", 1, null);
    // The updates are 0, 1, … and 6.
    assertThat(model(train("median", 1), 1).toArray()).containsExactly(3.0);
    start("trimmed-mean", "trimmed-mean", "{\"beta\":0.15,\"byzantine\":1}", 1, null);
    assertThat(model(train("trimmed-mean", 1), 1).toArray()[0]).isEqualTo(3.0, Offset.offset(1e-9));
    start("fedprox", "fedprox", "{\"mu\":0.25}", 1, null);
    Start start = workers.get(0).nextStart();
    assertThat(json(start.env().get("HYPERPARAMS")).get("mu").doubleValue()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fedwhat      | {}                     | spec.aggregator.algorithm 'fedwhat' is unknown; known are bulyan,
          fedavg       | {"lr":1}               | spec.aggregator.config has [lr], which fedavg does not know
          krum         | {"byzantine":"one"}    | spec.aggregator.config.byzantine must be a whole number
          krum         | {"byzantine":5}        | spec.kOfN must be at least 13 for spec.aggregator.algorithm krum
          fedavg       | [1]                    | spec.aggregator.config must be an object of settings, is [1]
          fedavg       | {"compression":"gzip"} | spec.aggregator.config.compression must be none
          """)
  void what_is_wrong_is_named(String algorithm, String config, String message) {
    try (ScriptedProplet a = proplet("a")) {
      job(
          "wrong",
          List.of("a"),
          spec ->
              spec.withNewAggregator()
                  .withAlgorithm(algorithm)
                  .withConfig(json(config))
                  .endAggregator());

      FederatedJob failed = awaitJob("wrong", JobPhase.FAILED);
      assertThat(condition(failed.getStatus().getConditions(), "Completed").getReason())
          .isEqualTo("InvalidSpec");
      assertThat(condition(failed.getStatus().getConditions(), "Completed").getMessage())
          .startsWith(message);
      assertThat(a.hasNoStart()).isTrue();
    }
  }

  private void start(
      String name, String algorithm, String config, int rounds, @Nullable String model) {
    job(
        name,
        IntStream.range(0, WORKERS).mapToObj(i -> "w" + i).toList(),
        spec ->
            spec.withModelRef(model)
                .withNewRounds()
                .withTotal(rounds)
                .endRounds()
                .withNewAggregator()
                .withAlgorithm(algorithm)
                .withConfig(json(config))
                .endAggregator());
  }

  private FederatedJob train(String job, int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < WORKERS; i++) {
        ScriptedProplet worker = workers.get(i);
        Start start = worker.nextStart();
        assertThat(start.env()).containsEntry("FL_JOB_ID", job);
        train(
            start,
            worker,
            "{\"num_samples\":1,\"metrics\":{\"loss\":0.5},\"update\":[%d.0]}".formatted(i),
            1);
      }
    }
    return awaitJob(job, JobPhase.COMPLETED);
  }
}
