package io.propeller.operator.internal.federated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.propeller.api.v1.TrainingRound;
import io.propeller.api.v1.TrainingRoundBuilder;
import io.propeller.mqtt.codec.Codec;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.operator.internal.pod.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The TrainingRound that a coordinator on the channel asks for. */
final class RequestedRound {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
  private static final int MAX_NAME = 200;
  private static final int DIGEST = 8;

  private RequestedRound() {}

  /**
   * Describes the round. The same message gives a round of the same name.
   *
   * @param proplets says which Proplet an identity is; the identity itself where it is none's
   * @throws IllegalArgumentException if something is missing without which no round can be
   */
  static TrainingRound of(
      RoundStart message, String namespace, Function<PropletId, String> proplets) {
    if (message.taskWasmImage().filter(image -> !image.isEmpty()).isEmpty()) {
      throw new IllegalArgumentException("task_wasm_image is missing");
    }
    List<String> participants = message.participants().stream().map(proplets).distinct().toList();
    if (participants.isEmpty()) {
      throw new IllegalArgumentException("participants is empty");
    }
    String experiment = message.experimentId().orElse("");
    String digest = Hashing.sha256().hashBytes(Codec.encode(message)).toString();
    TrainingRound round =
        new TrainingRoundBuilder()
            .withMetadata(
                new ObjectMetaBuilder()
                    .withName(
                        name(message.roundId().value() + "-" + experiment)
                            + "-"
                            + digest.substring(0, DIGEST))
                    .withNamespace(namespace)
                    .addToLabels(Ownership.MANAGED_BY, Ownership.OPERATOR)
                    .build())
            .withNewSpec()
            .withRoundId(message.roundId().value())
            .withFederatedJobRef(
                new LocalObjectReference(
                    name(experiment.isEmpty() ? message.roundId().value() : experiment)))
            .withTaskWasmImage(message.taskWasmImage().get())
            .withParticipants(participants)
            .withRequiredUpdates(message.kOfN().orElse(participants.size()))
            .withTimeoutSeconds(
                (int) Math.max(1, message.timeout().orElse(DEFAULT_TIMEOUT).toSeconds()))
            .endSpec()
            .build();
    message.modelUri().filter(uri -> !uri.isEmpty()).ifPresent(round.getSpec()::setModelRef);
    message.hyperparams().map(RequestedRound::tree).ifPresent(round.getSpec()::setHyperparams);
    return round;
  }

  /** Makes a Kubernetes name of any text. */
  private static String name(String text) {
    String name =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String shortened = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    return shortened.isEmpty() ? "round" : shortened.replaceAll("-+$", "");
  }

  private static JsonNode tree(Json json) {
    try {
      return JSON.readTree(json.text());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("hyperparams: " + e.getOriginalMessage(), e);
    }
  }
}
