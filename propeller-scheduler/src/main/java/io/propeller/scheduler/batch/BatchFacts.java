package io.propeller.scheduler.batch;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a batch.
 *
 * @param members how far each task of the batch is, by its number
 * @param guests how far each task is that belongs to the batch but was not made for it; ABSENT if
 *     it is not there
 * @param startedAt when the first task started, if one has
 * @param now the present time
 */
public record BatchFacts(
    ImmutableList<MemberState> members,
    ImmutableList<MemberState> guests,
    Optional<Instant> startedAt,
    Instant now) {

  /** Returns what is known. */
  public static BatchFacts of(
      List<MemberState> members,
      List<MemberState> guests,
      Optional<Instant> startedAt,
      Instant now) {
    return new BatchFacts(
        ImmutableList.copyOf(members), ImmutableList.copyOf(guests), startedAt, now);
  }
}
