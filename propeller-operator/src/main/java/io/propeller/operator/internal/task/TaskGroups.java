package io.propeller.operator.internal.task;

import io.propeller.api.v1.Task;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The groups in which Tasks name each other: those of one workflow, and those of one job, of one
 * namespace. A Task is known there by the name of its resource, and by that of its work.
 */
final class TaskGroups {

  private TaskGroups() {}

  /** Returns all that a task is called by others. */
  static Stream<String> names(Task task) {
    return groups(task)
        .flatMap(
            group ->
                Stream.of(task.getMetadata().getName(), task.workName())
                    .distinct()
                    .map(name -> group + name));
  }

  /** Returns what a task calls those that it depends on. */
  static Stream<String> dependencies(Task task) {
    return task.getSpec().getDependsOn().stream().flatMap(name -> called(task, name));
  }

  /** Returns what a name means that a task uses, in each of its groups. */
  static Stream<String> called(Task by, String name) {
    return groups(by).map(group -> group + name);
  }

  private static Stream<String> groups(Task task) {
    String namespace = task.getMetadata().getNamespace();
    return Stream.concat(
        group("workflow", namespace, task.getSpec().getWorkflowId()),
        group("job", namespace, task.getSpec().getJobId()));
  }

  private static Stream<String> group(String kind, String namespace, @Nullable String id) {
    return Stream.ofNullable(id)
        .filter(one -> !one.isEmpty())
        .map(one -> kind + "/" + namespace + "/" + one + "/");
  }
}
