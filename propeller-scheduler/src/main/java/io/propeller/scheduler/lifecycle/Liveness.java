package io.propeller.scheduler.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says whether a worker is there, from what was heard of it.
 *
 * <p>Silence counts only while one listens: a worker is not given up before its listener, which may
 * have just started or been cut off itself, has listened for one threshold.
 *
 * @param threshold how long a worker may be silent
 */
public record Liveness(Duration threshold) {

  /**
   * Checks the threshold.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Liveness {
    if (threshold.isZero() || threshold.isNegative()) {
      throw new IllegalArgumentException("threshold " + threshold + " is not positive");
    }
  }

  /** Whether a worker is there. */
  public enum Presence {
    /** Never heard of. */
    EXPECTED,
    /** Heard of less than one threshold ago. */
    PRESENT,
    /** Silent for a threshold, or it said that it left. */
    ABSENT
  }

  /**
   * What was heard of a worker.
   *
   * @param recorded what was known of it before one began to listen
   * @param lastHeard when it last gave a sign of life, if it did since one listens
   * @param left whether its last sign was that it left
   */
  public record Signs(Presence recorded, Optional<Instant> lastHeard, boolean left) {}

  /**
   * Decides whether a worker is there.
   *
   * @param signs what was heard of it
   * @param listeningSince since when, without a break, one would have heard it
   * @param now the present time
   */
  public Presence presence(Signs signs, Instant listeningSince, Instant now) {
    if (signs.left()) {
      return Presence.ABSENT;
    }
    if (signs.lastHeard().isEmpty() && signs.recorded() != Presence.PRESENT) {
      return signs.recorded();
    }
    return now.isBefore(silentFrom(signs, listeningSince)) ? Presence.PRESENT : Presence.ABSENT;
  }

  /** Returns when a worker that is present now would be absent if nothing more were heard of it. */
  public Instant silentFrom(Signs signs, Instant listeningSince) {
    Instant heard = signs.lastHeard().orElse(listeningSince);
    return (heard.isBefore(listeningSince) ? listeningSince : heard).plus(threshold);
  }
}
