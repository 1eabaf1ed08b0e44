package io.propeller.operator.internal.batch;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskStatus;
import io.propeller.scheduler.batch.MemberState;

/** Says in the terms of a batch how far a Task is. */
final class MemberStates {

  private MemberStates() {}

  /** Returns how far a Task is. */
  static MemberState of(Task task) {
    boolean held = ChildTask.isHeld(task);
    if (task.getMetadata().getDeletionTimestamp() != null) {
      // Until it is gone, it may still run.
      return held ? MemberState.STOPPED : MemberState.RUNNING;
    }
    TaskStatus status = task.getStatus();
    if (status != null
        && status.getRuns() > 0
        && task.getSpec().isRecurring()
        && !task.phase().isTerminal()) {
      // It has done its part when its first run is over.
      return status.getError() == null ? MemberState.SUCCEEDED : MemberState.FAILED;
    }
    return switch (task.phase()) {
      case PENDING -> held ? MemberState.HELD : MemberState.WAITING;
      case SCHEDULED, RUNNING -> MemberState.RUNNING;
      case COMPLETED -> MemberState.SUCCEEDED;
      case SKIPPED -> MemberState.SKIPPED;
      case INTERRUPTED -> held ? MemberState.STOPPED : MemberState.INTERRUPTED;
      // One that is to be tried again has no end yet.
      case FAILED ->
          status == null || status.getFinishedAt() == null
              ? MemberState.RUNNING
              : MemberState.FAILED;
    };
  }

  /** Returns whether a change of a Task may matter to its job. */
  static boolean differ(Task before, Task after) {
    return of(before) != of(after) || ChildTask.isHeld(before) != ChildTask.isHeld(after);
  }
}
