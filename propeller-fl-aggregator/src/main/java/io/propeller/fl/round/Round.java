package io.propeller.fl.round;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.propeller.fl.round.Stage.Closed;
import io.propeller.fl.round.Stage.Collecting;
import io.propeller.fl.round.Stage.Open;
import io.propeller.fl.round.Stage.Outcome;
import io.propeller.fl.round.Stage.Outcome.Aggregated;
import io.propeller.fl.round.Stage.Outcome.Impossible;
import io.propeller.fl.round.Stage.Outcome.TimedOut;
import io.propeller.fl.round.Stage.Ready;
import io.propeller.fl.store.Digest;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.Refusal;
import io.propeller.fl.update.Refusal.Reason;
import io.propeller.fl.update.RoundId;
import java.time.Instant;
import java.util.Optional;

/**
 * A round of k of n: who has contributed, and whether it is over.
 *
 * <p>It is ready when the quorum is in and either everybody who still can has answered or the grace
 * has passed; it fails at the deadline with fewer, and as soon as too few participants are left.
 * Immutable.
 *
 * @param spec what it asks for
 * @param contributions what counts, by participant
 * @param withdrawn participants from whom nothing more is expected; one whose update comes all the
 *     same counts
 * @param quorumAt when the quorum was in
 * @param refusals what did not count
 * @param stage how far it has come
 */
public record Round(
    RoundSpec spec,
    ImmutableSortedMap<ParticipantId, Contribution> contributions,
    ImmutableSortedSet<ParticipantId> withdrawn,
    Optional<Instant> quorumAt,
    Refusals refusals,
    Stage stage) {

  /** Returns a round that nobody has answered yet. */
  public static Round open(RoundSpec spec) {
    return new Round(
        spec,
        ImmutableSortedMap.of(),
        ImmutableSortedSet.of(),
        Optional.empty(),
        Refusals.none(),
        new Open());
  }

  /**
   * Returns why a message would not count, however good its content; empty if it may.
   *
   * @param sender who sent it; empty if it names nobody who could exist
   * @param round the round that it is for; empty if it names none that could exist
   */
  public Optional<Refusal> objection(Optional<ParticipantId> sender, Optional<RoundId> round) {
    if (!stage.accepts()) {
      return refusal(Reason.LATE, spec.id() + " takes no more updates");
    }
    if (sender.isEmpty() || !spec.participants().contains(sender.get())) {
      return refusal(
          Reason.NOT_A_PARTICIPANT, "sender " + quote(sender) + " is not among the participants");
    }
    if (contributions.containsKey(sender.get())) {
      return refusal(Reason.REPEATED, "an update of " + quote(sender) + " has been counted");
    }
    if (round.isEmpty() || !round.get().equals(spec.id())) {
      return refusal(
          Reason.OTHER_ROUND,
          "round_id is " + quote(round) + ", the round under way is '" + spec.id() + "'");
    }
    return Optional.empty();
  }

  private static String quote(Optional<?> id) {
    return id.map(text -> "'" + text + "'").orElse("missing or malformed");
  }

  private static Optional<Refusal> refusal(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }

  /**
   * Returns the round with one more contribution.
   *
   * @throws IllegalStateException if there is an {@link #objection}
   */
  public Round admit(Contribution contribution, Instant now) {
    Optional<Refusal> objection =
        objection(Optional.of(contribution.participant()), Optional.of(spec.id()));
    checkState(objection.isEmpty(), "%s", objection);
    ImmutableSortedMap<ParticipantId, Contribution> more =
        ImmutableSortedMap.<ParticipantId, Contribution>naturalOrder()
            .putAll(contributions)
            .put(contribution.participant(), contribution)
            .build();
    Optional<Instant> quorum = more.size() == spec.quorum() ? Optional.of(now) : quorumAt;
    return new Round(spec, more, withdrawn, quorum, refusals, stage).at(now);
  }

  /**
   * Returns the round with one more refusal.
   *
   * @param fingerprint the same for the same message, different for others
   */
  public Round refuse(Reason reason, long fingerprint) {
    return new Round(
        spec, contributions, withdrawn, quorumAt, refusals.plus(reason, fingerprint), stage);
  }

  /**
   * Returns the round without hope for a participant: its task failed, it was deleted, or its
   * worker is gone.
   *
   * @throws IllegalArgumentException if it is not a participant
   */
  public Round withdraw(ParticipantId participant, Instant now) {
    checkArgument(
        spec.participants().contains(participant), "'%s' is not a participant", participant);
    ImmutableSortedSet<ParticipantId> more =
        ImmutableSortedSet.<ParticipantId>naturalOrder().addAll(withdrawn).add(participant).build();
    return new Round(spec, contributions, more, quorumAt, refusals, stage).at(now);
  }

  /** Returns the round as it is at this time. */
  public Round at(Instant now) {
    if (!stage.accepts()) {
      return this;
    }
    int counted = contributions.size();
    int outstanding = outstanding();
    if (quorumAt.isPresent()) {
      boolean over = outstanding == 0 || !now.isBefore(endOfGrace(quorumAt.get()));
      return over ? in(new Ready(now)) : in(new Collecting());
    }
    if (counted + outstanding < spec.quorum()) {
      return close(
          new Impossible(
              String.format(
                  "%d of %d updates are in and %d of %d participants are left",
                  counted, spec.quorum(), outstanding, spec.participants().size())),
          now);
    }
    if (!now.isBefore(spec.deadline())) {
      return close(new TimedOut(), now);
    }
    return in(counted == 0 ? new Open() : new Collecting());
  }

  private int outstanding() {
    return Sets.difference(Sets.difference(spec.participants(), contributions.keySet()), withdrawn)
        .size();
  }

  private Instant endOfGrace(Instant quorum) {
    Instant end = quorum.plus(spec.grace());
    return end.isBefore(spec.deadline()) ? end : spec.deadline();
  }

  /** Returns when time alone will change the round next; empty if never. */
  public Optional<Instant> nextChange() {
    return stage.accepts()
        ? Optional.of(quorumAt.map(this::endOfGrace).orElse(spec.deadline()))
        : Optional.empty();
  }

  /**
   * Returns the round with its result.
   *
   * @throws IllegalStateException if it is not ready
   */
  public Round aggregated(Digest model, Instant now) {
    checkState(stage instanceof Ready, "%s is not ready but %s", spec.id(), stage);
    return close(new Aggregated(model), now);
  }

  /**
   * Returns the round without a result, since none can be computed from what is in.
   *
   * @throws IllegalStateException if it is not ready
   */
  public Round failed(String reason, Instant now) {
    checkState(stage instanceof Ready, "%s is not ready but %s", spec.id(), stage);
    return close(new Impossible(reason), now);
  }

  private Round close(Outcome outcome, Instant now) {
    return in(new Closed(outcome, now));
  }

  private Round in(Stage next) {
    return new Round(spec, contributions, withdrawn, quorumAt, refusals, next);
  }
}
