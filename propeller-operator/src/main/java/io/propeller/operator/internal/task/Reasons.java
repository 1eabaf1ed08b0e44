package io.propeller.operator.internal.task;

import io.propeller.scheduler.lifecycle.Decision.Failure;

/** Reasons as conditions write them. */
final class Reasons {

  private Reasons() {}

  static String of(Failure failure) {
    return switch (failure) {
      case TASK_ERROR -> "TaskError";
      case DEADLINE_EXCEEDED -> "DeadlineExceeded";
      case WORKER_LOST -> "PropletLost";
      case TOO_MANY_WORKERS_LOST -> "TooManyPropletsLost";
    };
  }
}
