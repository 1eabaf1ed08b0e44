package io.propeller.operator.internal.task;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.MetricsSnapshot;
import io.propeller.api.v1.MonitoringProfile;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskStatus;
import io.propeller.mqtt.message.ProcessMetrics;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.operator.internal.proplet.PropletDirectory;
import io.propeller.operator.internal.status.Snapshots;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What workers last measured while they ran Tasks. It reaches a status with whatever else is
 * written; of a Task that asks to be monitored also by itself, at a bounded rate.
 *
 * <p>Safe for use by any thread.
 */
final class TaskLoads {

  private record Load(MetricsSnapshot snapshot, Instant heardAt) {}

  private final Map<String, Load> loads = new ConcurrentHashMap<>();
  private final PropletDirectory proplets;
  private final Duration refresh;
  private final InstantSource clock;

  TaskLoads(PropletDirectory proplets, Duration refresh, InstantSource clock) {
    this.proplets = proplets;
    this.refresh = refresh;
    this.clock = clock;
  }

  /** Keeps a measurement, if it is of the present attempt and of the proplet that has it. */
  boolean add(Task task, TaskMetrics measured) {
    boolean isOfAttempt =
        TaskRuns.current(task)
            .map(AttemptId::wire)
            .filter(measured.taskId().value()::equals)
            .isPresent();
    TaskStatus status = task.getStatus();
    if (!isOfAttempt || status == null || status.getAssignedProplet() == null) {
      return false;
    }
    ResourceID proplet =
        new ResourceID(status.getAssignedProplet(), task.getMetadata().getNamespace());
    if (measured.propletId().isPresent()
        && !measured.propletId().equals(proplets.identity(proplet))) {
      return false;
    }
    Instant now = clock.instant();
    loads.put(
        task.getMetadata().getUid(),
        new Load(snapshot(measured, proplets.hostMemory(proplet), now), now));
    return true;
  }

  /** Returns whether a task's measurement is to be written though nothing else is. */
  boolean isDue(Task task) {
    Load load = loads.get(task.getMetadata().getUid());
    MonitoringProfile profile = task.getSpec().getMonitoringProfile();
    if (load == null || profile == null || !profile.isEnabled() || task.phase().isTerminal()) {
      return false;
    }
    TaskStatus status = task.getStatus();
    MetricsSnapshot written = status == null ? null : status.getLatestMetrics();
    return written == null
        || status == null
        || status.getUpdatedAt() == null
        || !load.heardAt().isBefore(status.getUpdatedAt().plus(refresh));
  }

  /** Returns the task with what was last measured in its status, if anything was. */
  Task noted(Task task) {
    Load load = loads.get(task.getMetadata().getUid());
    if (load == null || task.getStatus() == null) {
      return task;
    }
    Task noted = new TaskBuilder(task).build();
    TaskStatus status = noted.getStatus();
    if (status != null && !Objects.equals(load.snapshot(), status.getLatestMetrics())) {
      status.setLatestMetrics(load.snapshot());
      status.setUpdatedAt(clock.instant());
    }
    if (task.phase().isTerminal()) {
      remove(task);
    }
    return noted;
  }

  /** Forgets a task. */
  void remove(Task task) {
    loads.remove(task.getMetadata().getUid());
  }

  private static MetricsSnapshot snapshot(
      TaskMetrics measured, OptionalLong hostMemory, Instant heardAt) {
    ProcessMetrics metrics = measured.metrics();
    OptionalLong memory =
        hostMemory.isPresent()
            ? metrics.memoryBytes(hostMemory.getAsLong())
            : metrics.memoryBytes();
    return Snapshots.of(
        measured.timestamp(), heardAt, metrics.cpuPercent(), metrics.memoryPercent(), memory);
  }
}
