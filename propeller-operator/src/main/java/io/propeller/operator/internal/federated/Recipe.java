package io.propeller.operator.internal.federated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.propeller.api.v1.Aggregator;
import io.propeller.fl.aggregate.AggregationAlgorithm;
import io.propeller.fl.aggregate.AggregationAlgorithms;
import io.propeller.fl.aggregate.UpdateKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the updates of a round become a model, as {@code spec.aggregator} says.
 *
 * <p>Three settings of {@code config} are not the algorithm's: {@code updates}, {@code model} or
 * {@code delta}, says what workers send; {@code graceSeconds} how long a round waits for the others
 * once it has what it needs; and {@code compression} may be {@code none}.
 *
 * @param name the name of the algorithm
 * @param algorithm the algorithm with its settings
 * @param kind what the updates are
 * @param grace how long a round waits for the others once the quorum is in
 */
record Recipe(String name, AggregationAlgorithm algorithm, UpdateKind kind, Duration grace) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG = "spec.aggregator.config";
  private static final int MAX_GRACE_SECONDS = 2_592_000;

  /**
   * Reads a recipe.
   *
   * @throws IllegalArgumentException if the algorithm or a setting is unknown, missing or out of
   *     range; the message names the field
   */
  static Recipe of(Aggregator aggregator, AggregationAlgorithms algorithms) {
    Map<String, Object> settings = settings(aggregator.getConfig());
    Object compression = settings.remove("compression");
    if (compression != null && !compression.equals("none")) {
      throw wrong("compression", "none, the only one that there is", compression);
    }
    UpdateKind kind = kind(settings.remove("updates"));
    Duration grace = grace(settings.remove("graceSeconds"));
    try {
      return new Recipe(
          aggregator.getAlgorithm(),
          algorithms.create(aggregator.getAlgorithm(), settings),
          kind,
          grace);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("spec." + e.getMessage(), e);
    }
  }

  private static Map<String, Object> settings(@Nullable JsonNode config) {
    if (config == null || config.isNull()) {
      return new LinkedHashMap<>();
    }
    if (!(config instanceof ObjectNode)) {
      throw new IllegalArgumentException(
          CONFIG + " must be an object of settings, is " + shortened(config.toString()));
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    config
        .properties()
        .forEach(
            setting ->
                settings.put(
                    setting.getKey(), JSON.convertValue(setting.getValue(), Object.class)));
    return settings;
  }

  private static UpdateKind kind(@Nullable Object value) {
    if (value == null || value.equals("model")) {
      return UpdateKind.MODEL;
    }
    if (value.equals("delta")) {
      return UpdateKind.DELTA;
    }
    throw wrong("updates", "model or delta", value);
  }

  private static Duration grace(@Nullable Object value) {
    if (value == null) {
      return Duration.ZERO;
    }
    if (value instanceof Integer seconds && seconds >= 0 && seconds <= MAX_GRACE_SECONDS) {
      return Duration.ofSeconds(seconds);
    }
    throw wrong("graceSeconds", "a whole number from 0 to " + MAX_GRACE_SECONDS, value);
  }

  private static IllegalArgumentException wrong(String setting, String right, Object value) {
    return new IllegalArgumentException(
        "%s.%s must be %s, is %s"
            .formatted(CONFIG, setting, right, shortened(String.valueOf(value))));
  }

  private static String shortened(String value) {
    return value.length() <= 64 ? value : value.substring(0, 64) + "…";
  }
}
