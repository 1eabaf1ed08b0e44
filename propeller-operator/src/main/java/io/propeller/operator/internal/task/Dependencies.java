package io.propeller.operator.internal.task;

import com.google.common.collect.ImmutableSet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskStatus;
import io.propeller.scheduler.workflow.RunIf;
import io.propeller.scheduler.workflow.Step;
import io.propeller.scheduler.workflow.StepOutcome;
import io.propeller.scheduler.workflow.StepState;
import io.propeller.scheduler.workflow.WorkflowGraph;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Tasks depend on: whether that lets them run, and what it hands on to them. */
final class Dependencies {

  private final TaskIndex tasks;
  private final LargeResults large;

  Dependencies(TaskIndex tasks, LargeResults large) {
    this.tasks = tasks;
    this.large = large;
  }

  /** Returns what those that a task depends on have come to. */
  StepState state(Task task) {
    if (task.getSpec().getDependsOn().isEmpty()) {
      return new StepState.Ready();
    }
    Map<String, Step> steps = new HashMap<>();
    Map<String, StepOutcome> outcomes = new HashMap<>();
    Deque<Task> toLookAt = new ArrayDeque<>();
    toLookAt.add(task);
    while (!toLookAt.isEmpty()) {
      Task next = toLookAt.remove();
      if (steps.containsKey(next.getMetadata().getName())) {
        continue;
      }
      steps.put(next.getMetadata().getName(), step(next));
      outcome(next).ifPresent(outcome -> outcomes.put(next.getMetadata().getName(), outcome));
      // What has ended well, or was skipped, is on no cycle.
      if (next.phase() != TaskPhase.COMPLETED && next.phase() != TaskPhase.SKIPPED) {
        next.getSpec().getDependsOn().stream()
            .flatMap(name -> find(next, name).stream())
            .forEach(toLookAt::add);
      }
    }
    String name = task.getMetadata().getName();
    outcomes.remove(name);
    return Optional.ofNullable(WorkflowGraph.of(steps.values()).states(outcomes).get(name))
        .orElseGet(StepState.Ready::new);
  }

  /** Returns what a task finds in its environment of those that it depends on. */
  Map<String, String> results(Task task) {
    Map<String, String> results = new LinkedHashMap<>();
    for (String name : task.getSpec().getDependsOn()) {
      find(task, name)
          .map(Task::getStatus)
          .flatMap(large::text)
          .ifPresent(result -> results.put(variable(name), result));
    }
    return results;
  }

  /** Returns those that depend on a task. */
  Stream<Task> dependentsOf(Task task) {
    return TaskGroups.names(task).flatMap(tasks::dependentsOf);
  }

  private Step step(Task task) {
    return new Step(
        task.getMetadata().getName(),
        task.getSpec().getDependsOn().stream()
            .map(name -> find(task, name).map(one -> one.getMetadata().getName()).orElse(name))
            .collect(ImmutableSet.toImmutableSet()),
        task.getSpec().getRunIf() == io.propeller.api.v1.RunIf.FAILURE
            ? RunIf.FAILURE
            : RunIf.SUCCESS);
  }

  /** A resource of that name goes before one whose work is called so. */
  private Optional<Task> find(Task by, String name) {
    return TaskGroups.called(by, name)
        .flatMap(tasks::named)
        .min(
            Comparator.comparing((Task found) -> !found.getMetadata().getName().equals(name))
                .thenComparing(found -> found.getMetadata().getName()));
  }

  private static Optional<StepOutcome> outcome(Task task) {
    return switch (task.phase()) {
      case COMPLETED -> Optional.of(StepOutcome.SUCCEEDED);
      case SKIPPED -> Optional.of(StepOutcome.SKIPPED);
      // One that is to be tried again has no end yet.
      case FAILED ->
          Optional.ofNullable(task.getStatus())
              .map(TaskStatus::getFinishedAt)
              .map(end -> StepOutcome.FAILED);
      case PENDING, SCHEDULED, RUNNING, INTERRUPTED -> Optional.empty();
    };
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_") + "_RESULT";
  }
}
