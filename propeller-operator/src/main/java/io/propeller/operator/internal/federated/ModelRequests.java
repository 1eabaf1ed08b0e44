package io.propeller.operator.internal.federated;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.propeller.api.v1.FederatedJob;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.mqtt.message.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives out models: {@code GET /{namespace}/{name}/models/{version}}, and {@code GET
 * /models/{version}} where there is one FederatedJob only. Safe for use by any thread.
 */
final class ModelRequests {

  private static final Pattern PATH =
      Pattern.compile("(?:/([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253}))?/models/([0-9]{1,9})");

  /** How many bytes of models are kept that were asked for: a whole fleet asks for the same one. */
  private static final long MAX_KEPT = 64L << 20;

  private final FederatedState state;
  private final Cache<Digest, Bytes> kept =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_KEPT)
          .<Digest, Bytes>weigher((digest, json) -> json.size())
          .build();

  ModelRequests(FederatedState state) {
    this.state = state;
  }

  Answer get(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Answer.text(
          Answer.NOT_FOUND,
          "there is no " + path + "; models are at /{namespace}/{federatedjob}/models/{version}");
    }
    Optional<ModelStore> store = state.store();
    Optional<Models> models = state.models();
    if (store.isEmpty() || models.isEmpty()) {
      return Answer.text(Answer.NOT_FOUND, FederatedState.NO_STORE_MESSAGE);
    }
    int number = Integer.parseInt(matcher.group(3));
    ModelRef reference;
    if (matcher.group(1) == null) {
      List<FederatedJob> jobs = state.experiments().jobs();
      if (jobs.size() != 1) {
        return Answer.text(
            Answer.NOT_FOUND,
            "there are %d FederatedJobs: ask for /{namespace}/{federatedjob}/models/%d"
                .formatted(jobs.size(), number));
      }
      reference =
          new ModelRef(
              jobs.get(0).getMetadata().getNamespace(),
              jobs.get(0).getMetadata().getName(),
              number);
    } else {
      reference = new ModelRef(matcher.group(1), matcher.group(2), number);
    }
    try {
      Optional<ModelVersion> version = models.get().find(reference);
      return version.isEmpty()
          ? Answer.text(Answer.NOT_FOUND, "there is no model " + reference)
          : Answer.json(json(version.get().content(), store.get()));
    } catch (IOException e) {
      return Answer.text(Answer.UNAVAILABLE, "the store does not give " + reference + " now");
    }
  }

  private Bytes json(Digest content, ModelStore store) throws IOException {
    Bytes json = kept.getIfPresent(content);
    if (json == null) {
      json = Bytes.wrap(RoundEnvironment.json(ModelFile.open(store.open(content)).toModel()));
      kept.put(content, json);
    }
    return json;
  }
}
