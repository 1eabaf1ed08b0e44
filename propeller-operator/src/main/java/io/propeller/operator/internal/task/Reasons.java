package io.propeller.operator.internal.task;

import io.propeller.scheduler.lifecycle.Decision.Failure;
import io.propeller.scheduler.lifecycle.Decision.Interruption;
import io.propeller.scheduler.lifecycle.Decision.Obstacle;
import org.jspecify.annotations.Nullable;

/** Reasons as conditions and attempts write them. */
final class Reasons {

  /** Of an attempt that failed, whether another follows or not. */
  static final String FAILED = "TaskError";

  /** Of an attempt that ran to its end. */
  static final String COMPLETED = "Completed";

  private Reasons() {}

  static String of(Failure failure) {
    return switch (failure) {
      case TASK_ERROR -> FAILED;
      case DEADLINE_EXCEEDED -> "DeadlineExceeded";
      case WORKER_LOST -> "PropletLost";
      case TOO_MANY_WORKERS_LOST -> "TooManyPropletsLost";
      case UNSENDABLE -> "Unsendable";
      case DEPENDENCY_CYCLE -> "DependencyCycle";
      case INVALID_SPEC -> "InvalidSpec";
      case NOT_SUPPORTED -> "NotSupported";
    };
  }

  static String of(Interruption cause) {
    return switch (cause) {
      case WORKER_LOST -> "PropletLost";
      case EVICTED -> "Evicted";
      case SUSPENDED -> "Suspended";
      case REPLACED -> "Replaced";
    };
  }

  static String of(Obstacle obstacle) {
    return switch (obstacle) {
      case SUSPENDED -> "Suspended";
      case NOT_DUE -> "NotDue";
      case DEPENDENCIES -> "WaitsForDependencies";
      case BACKOFF -> "Backoff";
      case CALLEE -> "WaitsForLatentTask";
    };
  }

  /** Returns whether an attempt ended for that reason by what its worker answered. */
  static boolean isAnswer(@Nullable String reason) {
    return FAILED.equals(reason) || COMPLETED.equals(reason);
  }

  /** Returns whether an attempt was given up for that reason since its worker had gone. */
  static boolean isLoss(@Nullable String reason) {
    return of(Interruption.WORKER_LOST).equals(reason)
        || of(Failure.TOO_MANY_WORKERS_LOST).equals(reason);
  }

  /** Reads what {@link #of(Interruption)} wrote. */
  static Interruption interruption(String reason) {
    for (Interruption cause : Interruption.values()) {
      if (of(cause).equals(reason)) {
        return cause;
      }
    }
    return Interruption.WORKER_LOST;
  }
}
