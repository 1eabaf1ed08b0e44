package io.propeller.fl.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A published model.
 *
 * @param name of the model
 * @param number from 1, without gaps at the time of publication
 * @param content the model, a {@link io.propeller.fl.model.ModelFile}
 * @param serverState what the algorithm carries to the next round, a {@link
 *     io.propeller.fl.model.ModelFile}
 * @param lineage where it comes from
 * @param publishedAt when
 */
public record ModelVersion(
    StoreName name,
    int number,
    Digest content,
    Optional<Digest> serverState,
    Lineage lineage,
    Instant publishedAt) {}
