package io.propeller.operator.internal.federated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundSpec;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.model.ModelJson;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says in the terms of the protocol what a round asks of its workers.
 *
 * @param address where workers find what they need
 */
record RoundEnvironment(Supplier<WorkerAddress> address) {

  /** The most bytes of a model that is sent along; a larger one is asked for. */
  private static final int MAX_PASSED = 24 << 10;

  /** The most values that so many bytes can hold. */
  private static final int MAX_PASSED_VALUES = MAX_PASSED / 2;

  /** What is said of all updates and models: JSON, of numbers. */
  private static final String FORMAT = "json-f64";

  private static final String SAMPLES = "num_samples";

  /**
   * Returns what all tasks of a round find in their environment.
   *
   * @param name what the model of the round is called in references
   */
  Map<String, String> ofTasks(
      TrainingRound round,
      Recipe recipe,
      String experiment,
      String name,
      Optional<ModelVersion> base) {
    TrainingRoundSpec spec = round.getSpec();
    String namespace = round.getMetadata().getNamespace();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ROUND_ID", spec.getRoundId());
    environment.put("FL_JOB_ID", experiment);
    environment.put("FL_FORMAT", FORMAT);
    ModelRef start = new ModelRef(namespace, name, 0);
    String uri = spec.getModelRef();
    if (uri != null && !uri.isEmpty()) {
      Optional<ModelRef> known = ModelRef.parse(uri);
      if (base.isPresent() && known.isEmpty()) {
        known = Optional.of(start);
      }
      environment.put("MODEL_URI", known.map(ModelRef::toString).orElse(uri));
      environment.put(
          "FL_GLOBAL_VERSION",
          Integer.toString(known.map(ModelRef::number).orElseGet(() -> ModelRef.numberOf(uri))));
      environment.put("MODEL_REGISTRY_URL", registry(known.orElse(start)));
    } else {
      environment.put("FL_GLOBAL_VERSION", "0");
      environment.put("MODEL_REGISTRY_URL", registry(start));
    }
    JsonNode hyperparams = hyperparams(spec.getHyperparams(), recipe);
    environment.put("HYPERPARAMS", hyperparams.toString());
    if (hyperparams.path(SAMPLES).isIntegralNumber()) {
      environment.put("FL_NUM_SAMPLES", hyperparams.get(SAMPLES).asText());
    }
    address.get().dataStore().ifPresent(url -> environment.put("DATA_STORE_URL", url));
    return environment;
  }

  private String registry(ModelRef model) {
    return address.get().url() + "/" + model.namespace() + "/" + model.name();
  }

  /** Returns where a participant of a round posts its update. */
  String coordinator(String namespace, String round, String proplet) {
    return address.get().url() + "/" + namespace + "/" + round + "/" + proplet;
  }

  /** Returns the hyperparameters with what the algorithm has to tell the workers. */
  private static JsonNode hyperparams(@Nullable JsonNode given, Recipe recipe) {
    Map<String, Double> more = recipe.algorithm().clientParameters();
    if (given != null && !given.isNull() && !(given instanceof ObjectNode)) {
      if (!more.isEmpty()) {
        throw new IllegalArgumentException(
            "spec.hyperparams must be an object for spec.aggregator.algorithm %s, which adds %s to it"
                .formatted(recipe.name(), more.keySet()));
      }
      return given;
    }
    ObjectNode all =
        given instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    more.forEach(
        (name, value) -> {
          if (!all.has(name)) {
            all.put(name, value);
          }
        });
    return all;
  }

  /**
   * Returns the model itself, where it is small; it is sent along and not kept in any resource.
   *
   * @throws IOException if the store cannot be read
   */
  Map<String, String> passed(Optional<ModelVersion> base, ModelStore store) throws IOException {
    if (base.isEmpty()) {
      return Map.of();
    }
    ModelFile file = ModelFile.open(store.open(base.get().content()));
    if (file.values().length() > MAX_PASSED_VALUES) {
      return Map.of();
    }
    byte[] json = json(file.toModel());
    return json.length > MAX_PASSED
        ? Map.of()
        : Map.of(
            "FL_GLOBAL_UPDATE_B64",
            Base64.getEncoder().encodeToString(json),
            "FL_GLOBAL_UPDATE_FORMAT",
            FORMAT);
  }

  /** Returns a model in the form in which workers get it. */
  static byte[] json(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelJson.write(model, out);
    return out.toByteArray();
  }
}
