package io.propeller.fl.round;

import io.propeller.fl.store.Digest;
import java.time.Instant;

/** How far a round has come. It only moves downwards in this list. */
public sealed interface Stage {

  /** Returns whether updates count at this stage. */
  default boolean accepts() {
    return false;
  }

  /** No update is in yet. */
  record Open() implements Stage {
    @Override
    public boolean accepts() {
      return true;
    }
  }

  /** Some updates are in; the round waits for more, or for the grace after the quorum to pass. */
  record Collecting() implements Stage {
    @Override
    public boolean accepts() {
      return true;
    }
  }

  /**
   * The set of updates is final, and to be aggregated.
   *
   * @param at when it became final
   */
  record Ready(Instant at) implements Stage {}

  /**
   * The round is over.
   *
   * @param outcome how it ended
   * @param at when
   */
  record Closed(Outcome outcome, Instant at) implements Stage {}

  /** How a round ended. */
  sealed interface Outcome {

    /**
     * It has a result.
     *
     * @param model the aggregate
     */
    record Aggregated(Digest model) implements Outcome {}

    /** The deadline passed before the quorum was in. */
    record TimedOut() implements Outcome {}

    /**
     * It could not succeed any more.
     *
     * @param reason why, for people
     */
    record Impossible(String reason) implements Outcome {}
  }
}
