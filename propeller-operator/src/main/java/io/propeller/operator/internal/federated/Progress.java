package io.propeller.operator.internal.federated;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the status of a round that goes on was last written: a status tells of every participant,
 * and is not written for each update. Safe for use by any thread.
 */
final class Progress {

  private static final Duration EVERY = Duration.ofMillis(500);

  private final Map<String, Instant> written = new ConcurrentHashMap<>();

  /**
   * Returns when the status of a round may be written next; empty if now, which is noted as done.
   *
   * @param round its UID
   */
  Optional<Instant> next(String round, Instant now) {
    Instant last = written.get(round);
    Instant next = last == null ? now : last.plus(EVERY);
    if (now.isBefore(next)) {
      return Optional.of(next);
    }
    written.put(round, now);
    return Optional.empty();
  }

  /** Forgets a round that is over. */
  void forget(String round) {
    written.remove(round);
  }
}
