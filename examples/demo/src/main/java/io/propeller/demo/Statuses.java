package io.propeller.demo;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskStatus;

/** Reads statuses, of Tasks that have none yet too. */
final class Statuses {

  private Statuses() {}

  static TaskStatus of(Task task) {
    TaskStatus status = task.getStatus();
    return status == null ? new TaskStatus() : status;
  }
}
