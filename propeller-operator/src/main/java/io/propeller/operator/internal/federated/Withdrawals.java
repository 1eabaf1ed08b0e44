package io.propeller.operator.internal.federated;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides which participants of a round nothing is to be expected of any more. */
final class Withdrawals {

  private Withdrawals() {}

  /**
   * What is known of the worker of a participant.
   *
   * @param known whether there is such a Proplet
   * @param absentSince since when it is away, if it is
   */
  record Worker(boolean known, Optional<Instant> absentSince) {}

  /** Returns whether a participant is given up, whose task is this; its task was made before. */
  static boolean isGivenUp(Optional<Task> task, Worker worker, Duration grace, Instant now) {
    if (task.isEmpty() || task.get().isMarkedForDeletion() || !worker.known()) {
      return true;
    }
    TaskPhase phase = task.get().phase();
    if (phase == TaskPhase.FAILED || phase == TaskPhase.SKIPPED) {
      return true;
    }
    return phase != TaskPhase.RUNNING
        && end(worker, grace).filter(end -> !now.isBefore(end)).isPresent();
  }

  /** Returns when a worker that is away has been so for too long. */
  static Optional<Instant> end(Worker worker, Duration grace) {
    return worker.absentSince().map(since -> since.plus(grace));
  }
}
