package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.lifecycle.RunRules.OnDisconnect;
import io.propeller.scheduler.model.WorkerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges whether a worker is lost to an attempt that was sent to it.
 *
 * @param worker whom it was sent to
 * @param sentAt when
 * @param health what is known of the worker
 * @param rules what the task asks for
 */
record WorkerLoss(WorkerId worker, Instant sentAt, WorkerHealth health, RunRules rules) {

  /** Returns why whatever the worker ran is gone for certain, if it is. */
  Optional<String> restart() {
    if (health instanceof WorkerHealth.Bereft bereft) {
      return Optional.of(bereft.reason());
    }
    return health instanceof WorkerHealth.Restarted restarted && sentAt.isBefore(restarted.at())
        ? Optional.of("proplet " + worker + " was started anew")
        : Optional.empty();
  }

  /** Returns why the worker is given up at that time, if it is. */
  Optional<String> departure(Instant now) {
    if (health instanceof WorkerHealth.Removed) {
      return Optional.of("proplet " + worker + " was deleted");
    }
    return graceEnd()
        .filter(end -> !now.isBefore(end))
        .map(end -> "proplet " + worker + " went offline");
  }

  /** Returns when a worker that is away will be given up. */
  Optional<Instant> graceEnd() {
    return health instanceof WorkerHealth.Away away && rules.onDisconnect() != OnDisconnect.WAIT
        ? Optional.of(away.since().plus(rules.disconnectGrace()))
        : Optional.empty();
  }
}
