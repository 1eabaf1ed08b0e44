package io.propeller.fl.store;

import com.google.common.collect.ImmutableSortedMap;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.RoundId;
import java.util.Map;
import java.util.Optional;

/**
 * Where a version of a model comes from.
 *
 * @param round the round that computed it
 * @param algorithm the name of the rule
 * @param base the model that the round began with
 * @param updates who contributed, and what
 */
public record Lineage(
    RoundId round,
    String algorithm,
    Optional<Digest> base,
    ImmutableSortedMap<ParticipantId, Digest> updates) {

  /** Returns the lineage of these. */
  public static Lineage of(
      RoundId round, String algorithm, Optional<Digest> base, Map<ParticipantId, Digest> updates) {
    return new Lineage(round, algorithm, base, ImmutableSortedMap.copyOf(updates));
  }
}
