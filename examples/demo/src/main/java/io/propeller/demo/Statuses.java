package io.propeller.demo;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.FederatedJobStatus;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskStatus;

/** Reads statuses, of resources that have none yet too. */
final class Statuses {

  private Statuses() {}

  static TaskStatus of(Task task) {
    TaskStatus status = task.getStatus();
    return status == null ? new TaskStatus() : status;
  }

  static FederatedJobStatus of(FederatedJob job) {
    FederatedJobStatus status = job.getStatus();
    return status == null ? new FederatedJobStatus() : status;
  }
}
