package io.propeller.fl.store;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/** Decides which version a publication makes. */
final class Versions {
  private Versions() {}

  static ModelVersion next(
      ImmutableList<ModelVersion> present,
      StoreName model,
      Digest content,
      Optional<Digest> serverState,
      Lineage lineage,
      Instant now) {
    int latest = 0;
    for (ModelVersion version : present) {
      if (version.lineage().round().equals(lineage.round())) {
        if (!version.content().equals(content)) {
          throw new IllegalStateException(
              lineage.round()
                  + " of "
                  + model
                  + " has published "
                  + version.content()
                  + ", not "
                  + content);
        }
        return version;
      }
      latest = version.number();
    }
    return new ModelVersion(model, latest + 1, content, serverState, lineage, now);
  }
}
