package io.propeller.operator.internal.federated;

import io.propeller.api.v1.FederatedJob;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.Lineage;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.RoundId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds in the store the models that references name. Safe for use by any thread. */
final class Models {

  private static final String DIGEST = "sha256:";

  private final ModelStore store;
  private final Experiments experiments;

  Models(ModelStore store, Experiments experiments) {
    this.store = store;
    this.experiments = experiments;
  }

  /**
   * Returns the name under which the store has the models of a resource. The UID is in it, so that
   * one that is made anew under an old name begins anew.
   */
  static StoreName nameOf(String namespace, String uid) {
    return StoreName.of(namespace, uid);
  }

  /**
   * Returns the model that {@code spec.modelRef} names; empty if the workers are to begin with
   * their module's own: where it is left out, or names a version 0 that nobody has given.
   *
   * @throws IllegalArgumentException if there is no such model
   * @throws IOException if the store cannot be read
   */
  Optional<ModelVersion> base(String namespace, @Nullable String reference) throws IOException {
    if (reference == null || reference.isEmpty()) {
      return Optional.empty();
    }
    if (reference.startsWith(DIGEST)) {
      return Optional.of(given(reference));
    }
    Optional<ModelVersion> found = find(namespace, reference);
    if (found.isEmpty() && ModelRef.numberOf(reference) != 0) {
      throw new IllegalArgumentException(
          ("spec.modelRef is '%s', and there is no such model: it must be the aggregatedModelRef of"
               + " a FederatedJob or TrainingRound of this namespace, sha256: and the digest of a"
               + " model in the store, or a name that ends in v0 where the workers begin with their"
               + " module's own")
              .formatted(reference));
    }
    return found;
  }

  private ModelVersion given(String reference) throws IOException {
    try {
      Digest digest = Digest.parse(reference);
      var unused = store.open(digest);
      return new ModelVersion(
          StoreName.of("given"),
          0,
          digest,
          Optional.empty(),
          Lineage.of(RoundId.of(0), "given", Optional.empty(), Map.of()),
          Instant.EPOCH);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "spec.modelRef is '%s', and the store has no such content".formatted(reference), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("spec.modelRef: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the model of a reference; empty if there is none.
   *
   * @throws IOException if the store cannot be read
   */
  Optional<ModelVersion> find(String namespace, String reference) throws IOException {
    Optional<ModelRef> parsed =
        ModelRef.parse(reference).filter(ref -> ref.namespace().equals(namespace));
    return parsed.isEmpty() ? Optional.empty() : find(parsed.get());
  }

  /**
   * Returns a version of a model; empty if there is none.
   *
   * @throws IOException if the store cannot be read
   */
  Optional<ModelVersion> find(ModelRef reference) throws IOException {
    if (reference.number() == 0) {
      return first(reference);
    }
    Optional<String> uid =
        experiments
            .job(reference.namespace(), reference.name())
            .map(job -> job.getMetadata().getUid())
            .or(
                () ->
                    experiments
                        .round(reference.namespace(), reference.name())
                        .map(round -> round.getMetadata().getUid()));
    return uid.isEmpty()
        ? Optional.empty()
        : store.versions(nameOf(reference.namespace(), uid.get())).stream()
            .filter(version -> version.number() == reference.number())
            .findFirst();
  }

  /** Returns what the first round of a resource began with. */
  private Optional<ModelVersion> first(ModelRef reference) throws IOException {
    Optional<FederatedJob> job = experiments.job(reference.namespace(), reference.name());
    String base =
        job.isPresent()
            ? job.get().getSpec().getModelRef()
            : experiments
                .round(reference.namespace(), reference.name())
                .map(round -> round.getSpec().getModelRef())
                .orElse(null);
    boolean further =
        base != null
            && (base.startsWith(DIGEST)
                || ModelRef.parse(base).filter(ref -> ref.number() > 0).isPresent());
    return further ? base(reference.namespace(), base) : Optional.empty();
  }

  /**
   * Returns the version that a round has published; empty if it has not.
   *
   * @throws IOException if the store cannot be read
   */
  Optional<ModelVersion> publishedBy(StoreName model, RoundId round) throws IOException {
    return store.versions(model).stream()
        .filter(version -> version.lineage().round().equals(round))
        .findFirst();
  }
}
