package io.propeller.operator.internal.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.api.v1.Aggregator;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.aggregate.UpdateKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

  private static final AggregationAlgorithms ALGORITHMS = AggregationAlgorithms.of(List.of());

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "{\"compression\":\"none\",\"updates\":\"model\"}"})
  void what_is_not_said_is_the_plain_mean_of_models_at_once(String config) throws Exception {
    Recipe recipe = recipe("fedavg", config.isEmpty() ? null : config);

    assertThat(recipe.name()).isEqualTo("fedavg");
    assertThat(recipe.kind()).isEqualTo(UpdateKind.MODEL);
    assertThat(recipe.grace()).isZero();
    assertThat(recipe.algorithm().minimumUpdates()).isEqualTo(1);
  }

  @Test
  void settings_of_the_round_are_taken_out_and_the_rest_is_the_algorithms() throws Exception {
    Recipe recipe = recipe("krum", "{\"updates\":\"delta\",\"graceSeconds\":30,\"byzantine\":2}");

    assertThat(recipe.kind()).isEqualTo(UpdateKind.DELTA);
    assertThat(recipe.grace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(recipe.algorithm().minimumUpdates()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fedwhat       | {}                       | spec.aggregator.algorithm 'fedwhat' is unknown; known are
          fedavg        | {"rate":1}               | spec.aggregator.config has [rate], which fedavg does not know
          fedavg        | 7                        | spec.aggregator.config must be an object of settings, is 7
          fedavg        | {"compression":"gzip"}   | spec.aggregator.config.compression must be none, the only one that there is, is gzip
          fedavg        | {"updates":"gradients"}  | spec.aggregator.config.updates must be model or delta, is gradients
          fedavg        | {"updates":[1]}          | spec.aggregator.config.updates must be model or delta, is [1]
          fedavg        | {"graceSeconds":-1}      | spec.aggregator.config.graceSeconds must be a whole number from 0 to 2592000, is -1
          fedavg        | {"graceSeconds":1.5}     | spec.aggregator.config.graceSeconds must be a whole number from 0 to 2592000, is 1.5
          fedavg        | {"graceSeconds":2592001} | spec.aggregator.config.graceSeconds must be a whole number from 0 to 2592000, is 2592001
          norm-clipping | {}                       | spec.aggregator.config.maxNorm
          norm-clipping | {"maxNorm":0}            | spec.aggregator.config.maxNorm
          """)
  void what_is_wrong_is_named_with_its_value_and_what_would_be_right(
      String algorithm, String config, String message) {
    assertThatThrownBy(() -> recipe(algorithm, config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void a_long_value_is_shortened() {
    assertThatThrownBy(() -> recipe("fedavg", "{\"updates\":\"" + "x".repeat(5_000) + "\"}"))
        .hasMessage(
            "spec.aggregator.config.updates must be model or delta, is " + "x".repeat(64) + "…");
  }

  private static Recipe recipe(String algorithm, @Nullable String config)
      throws JsonProcessingException {
    Aggregator aggregator = new Aggregator();
    aggregator.setAlgorithm(algorithm);
    if (config != null) {
      aggregator.setConfig(new ObjectMapper().readTree(config));
    }
    return Recipe.of(aggregator, ALGORITHMS);
  }
}
