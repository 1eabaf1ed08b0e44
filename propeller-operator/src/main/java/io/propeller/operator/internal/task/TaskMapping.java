package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Executor;
import io.propeller.api.v1.PreferredPropletType;
import io.propeller.api.v1.PropletSelector;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskSpec;
import io.propeller.api.v1.TaskStatus;
import io.propeller.operator.internal.job.Execution;
import io.propeller.operator.internal.proplet.PropletMapping;
import io.propeller.operator.internal.resources.Quantities;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.model.WorkerKind;
import java.time.Instant;
import java.util.Optional;

/** Says in the terms of the scheduler what a Task says. */
public final class TaskMapping {

  private TaskMapping() {}

  /** Returns the id of a task among all that wait or run. */
  public static TaskId id(Task task) {
    return TaskId.of(task.getMetadata().getUid());
  }

  /** Returns which resource the worker of a task is. */
  static ResourceID proplet(Task task, WorkerId worker) {
    return new ResourceID(worker.value(), task.getMetadata().getNamespace());
  }

  /**
   * Returns which workers a selector wants.
   *
   * @throws IllegalArgumentException if it asks for what there cannot be
   */
  public static Selector selector(PropletSelector selector) {
    return SelectorMapping.selector(selector);
  }

  /**
   * Returns what a task takes of its worker.
   *
   * @throws IllegalArgumentException if a quantity is none; the message names the field
   */
  public static Resources needs(Task task) {
    return Quantities.needs("spec.resourceRequirements", task.getSpec().getResourceRequirements());
  }

  /**
   * Returns the wish for a worker.
   *
   * @param imagesForDevices whether devices can be had to run images too
   * @throws IllegalArgumentException if the spec asks for what there cannot be; the message names
   *     the field
   */
  static TaskRequest request(Task task, boolean imagesForDevices) {
    TaskSpec spec = task.getSpec();
    TaskRequest.Builder request = TaskRequest.builder();
    if (Execution.of(spec, WorkerKind.K8S) == Execution.JOB) {
      request.addTolerations(PropletMapping.OF_JOBS);
    }
    return request
        .id(id(task))
        .selector(SelectorMapping.selector(spec.getPropletSelector()))
        .kind(kind(spec, imagesForDevices))
        .resources(needs(task))
        .addAllTolerations(spec.getTolerations().stream().map(SelectorMapping::toleration).toList())
        .priority(spec.getPriority())
        .policy(Optional.ofNullable(spec.getSchedulerName()))
        .waitingSince(waitingSince(task))
        .build();
  }

  /** Returns since when the present run waits: the same to whoever asks, and after a restart. */
  private static Optional<Instant> waitingSince(Task task) {
    TaskStatus status = task.getStatus();
    if (status != null && task.getSpec().isRecurring()) {
      return Optional.ofNullable(
          status.getRunAttempts().isEmpty() ? status.getNextRun() : status.getStartedAt());
    }
    return Optional.ofNullable(task.getMetadata().getCreationTimestamp()).map(Instant::parse);
  }

  private static Optional<WorkerKind> kind(TaskSpec spec, boolean imagesForDevices) {
    PreferredPropletType type = spec.getPreferredPropletType();
    if (spec.getExecutor() == Executor.JOB) {
      if (type == PreferredPropletType.EXTERNAL) {
        throw new IllegalArgumentException(
            "spec.executor is job, which no proplet of spec.preferredPropletType external can do");
      }
      return Optional.of(WorkerKind.K8S);
    }
    if (type == PreferredPropletType.ANY && Execution.isImage(spec) && !imagesForDevices) {
      return Optional.of(WorkerKind.K8S);
    }
    return switch (type) {
      case K8S -> Optional.of(WorkerKind.K8S);
      case EXTERNAL -> Optional.of(WorkerKind.EXTERNAL);
      case ANY -> Optional.empty();
    };
  }
}
