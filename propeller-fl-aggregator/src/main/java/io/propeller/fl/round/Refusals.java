package io.propeller.fl.round;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.propeller.fl.update.Refusal;

/**
 * How many messages were refused, by reason. A message that is delivered again counts once.
 *
 * @param counts by reason, without zeros
 * @param fingerprints of the messages counted so far; beyond {@value #REMEMBERED} of them none is
 *     added, and repeats count again
 */
public record Refusals(
    ImmutableSortedMap<Refusal.Reason, Integer> counts, ImmutableSet<Long> fingerprints) {
  static final int REMEMBERED = 1_024;

  /** Returns none. */
  public static Refusals none() {
    return new Refusals(ImmutableSortedMap.of(), ImmutableSet.of());
  }

  /** Returns how many were refused for this reason. */
  public int count(Refusal.Reason reason) {
    return counts.getOrDefault(reason, 0);
  }

  /**
   * Returns these and one more.
   *
   * @param fingerprint the same for the same message, different for others
   */
  Refusals plus(Refusal.Reason reason, long fingerprint) {
    if (fingerprints.contains(fingerprint)) {
      return this;
    }
    ImmutableSortedMap<Refusal.Reason, Integer> increased =
        ImmutableSortedMap.<Refusal.Reason, Integer>naturalOrder()
            .putAll(Maps.filterKeys(counts, other -> other != reason))
            .put(reason, count(reason) + 1)
            .build();
    ImmutableSet<Long> remembered =
        fingerprints.size() < REMEMBERED
            ? ImmutableSet.<Long>builderWithExpectedSize(fingerprints.size() + 1)
                .addAll(fingerprints)
                .add(fingerprint)
                .build()
            : fingerprints;
    return new Refusals(increased, remembered);
  }
}
