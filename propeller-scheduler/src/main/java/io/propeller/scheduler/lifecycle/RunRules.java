package io.propeller.scheduler.lifecycle;

import java.time.Duration;
import java.util.Optional;

/**
 * What a task asks for while it runs.
 *
 * @param onDisconnect what happens once its worker was away for the grace
 * @param disconnectGrace how long its worker may be away
 * @param activeDeadline how long an attempt may take, if there is a limit
 */
public record RunRules(
    OnDisconnect onDisconnect, Duration disconnectGrace, Optional<Duration> activeDeadline) {

  /** What happens to a task whose worker was away for longer than the grace. */
  public enum OnDisconnect {
    /** It is placed again. */
    RESCHEDULE,
    /** It waits for its worker. */
    WAIT,
    /** It fails. */
    FAIL
  }
}
