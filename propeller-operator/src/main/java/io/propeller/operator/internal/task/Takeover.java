package io.propeller.operator.internal.task;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.AttemptStatus;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.placement.Placements;
import io.propeller.operator.internal.proplet.PropletReconciler;
import io.propeller.scheduler.lifecycle.AttemptId;
import io.propeller.scheduler.lifecycle.TaskRun;
import io.propeller.scheduler.model.Resources;
import io.propeller.scheduler.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns from the API server what the operator before this one had in hand. */
public final class Takeover {

  private static final Logger log = LoggerFactory.getLogger(Takeover.class);

  private Takeover() {}

  /**
   * Reserves the places of Tasks that run, so that none is given away twice, and has those sent
   * again whose Start may not have been: an attempt is recorded before it is sent, so it is in
   * doubt if it was recorded no longer than {@code doubt} before the last sign of the operator
   * before.
   */
  public static void restore(
      KubernetesClient client,
      Set<String> namespaces,
      PropletReconciler proplets,
      Placements placements,
      Outbox outbox,
      Stops stops,
      Duration doubt) {
    list(client, Proplet.class, namespaces).forEach(proplets::restore);
    List<Task> tasks = list(client, Task.class, namespaces);
    Instant lastSign =
        tasks.stream()
            .map(task -> task.getStatus() == null ? null : task.getStatus().getUpdatedAt())
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(Instant.MAX);
    for (Task task : tasks) {
      stopGivenUp(task, lastSign.minus(doubt), stops);
      String namespace = task.getMetadata().getNamespace();
      if (TaskRuns.of(task) instanceof TaskRun.Broadcasting run) {
        placements.reserveAll(namespace, TaskMapping.id(task), run.open(), needs(task));
        // Whoever has answered would run it again.
        boolean unanswered = task.getStatus() != null && task.getStatus().getResults() == null;
        if (unanswered && !run.sentAt().isBefore(lastSign.minus(doubt))) {
          TaskRuns.current(task).ifPresent(outbox::add);
        }
      }
      if (TaskRuns.of(task) instanceof TaskRun.Dispatched run) {
        if (!Invocations.isOne(task)) {
          placements.reserve(namespace, TaskMapping.id(task), run.worker(), needs(task));
        }
        AttemptId attempt = new AttemptId(task.getMetadata().getUid(), run.tally().attempts());
        if (task.getSpec().isDaemon()) {
          if (!TaskRuns.isStarted(task)) {
            outbox.doubt(attempt);
          }
        } else if (!run.sentAt().isBefore(lastSign.minus(doubt))) {
          if (!task.getSpec().isLatent()) {
            log.warn(
                "attempt {} of task {}/{} is sent again, since it may not have been sent: if it has"
                    + " ended already, it runs a second time",
                attempt,
                namespace,
                task.getMetadata().getName());
          }
          outbox.add(attempt);
        }
      }
    }
  }

  /**
   * Has those attempts stopped whose Stop may not have been sent, and those that a proplet may
   * still run which was away when they were given up.
   */
  private static void stopGivenUp(Task task, Instant since, Stops stops) {
    if (task.getStatus() == null || Invocations.isOne(task)) {
      return;
    }
    for (AttemptStatus attempt : task.getStatus().getRunAttempts()) {
      Instant end = attempt.getEndedAt();
      if (end == null || Reasons.isAnswer(attempt.getReason())) {
        continue;
      }
      AttemptId id = new AttemptId(task.getMetadata().getUid(), attempt.getNumber());
      if (!end.isBefore(since)) {
        stops.stopLater(id, task.functionToCall());
      }
      String proplet = attempt.getProplet();
      if (proplet != null && Reasons.isLoss(attempt.getReason())) {
        stops.stopMissed(
            TaskMapping.proplet(task, WorkerId.of(proplet)), id, task.functionToCall(), end);
      }
    }
  }

  private static <R extends HasMetadata> List<R> list(
      KubernetesClient client, Class<R> type, Set<String> namespaces) {
    var resources = client.resources(type);
    return namespaces.isEmpty()
        ? resources.inAnyNamespace().list().getItems()
        : namespaces.stream()
            .flatMap(namespace -> resources.inNamespace(namespace).list().getItems().stream())
            .toList();
  }

  private static Resources needs(Task task) {
    try {
      return TaskMapping.needs(task);
    } catch (IllegalArgumentException e) {
      return Resources.NONE;
    }
  }
}
