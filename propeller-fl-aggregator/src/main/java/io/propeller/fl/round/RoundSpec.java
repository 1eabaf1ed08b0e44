package io.propeller.fl.round;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedSet;
import io.propeller.fl.aggregate.NoiseSeed;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.RoundId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What a round asks for.
 *
 * @param id its identity on the wire
 * @param participants who was asked
 * @param quorum how many updates it needs, from 1 to the number of participants ({@code kOfN})
 * @param openedAt when it began
 * @param deadline when it ends at the latest
 * @param grace how long it waits for the others after the quorum is in, though not beyond the
 *     deadline
 */
public record RoundSpec(
    RoundId id,
    ImmutableSortedSet<ParticipantId> participants,
    int quorum,
    Instant openedAt,
    Instant deadline,
    Duration grace,
    Optional<NoiseSeed> noiseSeed) {

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if the quorum is out of range, the deadline before the
   *     beginning, or the grace negative
   */
  public RoundSpec {
    checkArgument(
        quorum >= 1 && quorum <= participants.size(),
        "kOfN must be from 1 to the number of participants, %s, is %s",
        participants.size(),
        quorum);
    checkArgument(
        !deadline.isBefore(openedAt), "deadline %s is before the beginning %s", deadline, openedAt);
    checkArgument(!grace.isNegative(), "grace must not be negative, is %s", grace);
  }

  /** Returns a round that is over as soon as its quorum is in. */
  public static RoundSpec of(
      RoundId id,
      Collection<ParticipantId> participants,
      int quorum,
      Instant openedAt,
      Duration timeout) {
    return new RoundSpec(
        id,
        ImmutableSortedSet.copyOf(participants),
        quorum,
        openedAt,
        openedAt.plus(timeout),
        Duration.ZERO,
        Optional.empty());
  }

  /** Returns this round with another grace. */
  public RoundSpec withGrace(Duration other) {
    return new RoundSpec(id, participants, quorum, openedAt, deadline, other, noiseSeed);
  }

  /** Returns this round with a seed. */
  public RoundSpec withNoiseSeed(NoiseSeed seed) {
    return new RoundSpec(id, participants, quorum, openedAt, deadline, grace, Optional.of(seed));
  }
}
