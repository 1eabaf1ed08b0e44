package io.propeller.operator.internal.batch;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.ExecutionMode;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobSpec;
import io.propeller.api.v1.TaskSpec;
import io.propeller.scheduler.batch.Batch;
import io.propeller.scheduler.batch.BatchProblem;
import io.propeller.scheduler.workflow.RunIf;
import io.propeller.scheduler.workflow.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a job's spec means, or why it can mean nothing. */
sealed interface JobPlan {

  /**
   * It can run.
   *
   * @param batch its entries
   * @param children the Task of each entry, by its number
   * @param guests the Tasks of taskRefs
   */
  record Accepted(Batch batch, ImmutableList<ResourceID> children, ImmutableList<ResourceID> guests)
      implements JobPlan {}

  /**
   * It can never run as it is.
   *
   * @param reason one word in camel case
   * @param message which field is wrong, and what would be right
   */
  record Refused(String reason, String message) implements JobPlan {}

  /** Reads a job. */
  static JobPlan of(PropellerJob job) {
    PropellerJobSpec spec = job.getSpec();
    if (spec.getTasks().isEmpty() && spec.getTaskRefs().isEmpty()) {
      return new Refused("NoTasks", "spec.tasks and spec.taskRefs are empty: name a task in one");
    }
    String name = job.getMetadata().getName();
    List<String> children =
        spec.getTasks().stream().map(task -> ChildNames.of(name, nameOf(task))).toList();
    Optional<JobPlan> refused =
        names(job, children).or(() -> clashes(spec, children)).or(() -> order(spec));
    if (refused.isPresent()) {
      return refused.get();
    }
    String namespace = job.getMetadata().getNamespace();
    return new Accepted(
        Batch.of(steps(spec), isOneByOne(spec)),
        ids(children, namespace),
        ids(spec.getTaskRefs(), namespace));
  }

  private static Optional<JobPlan> names(PropellerJob job, List<String> children) {
    Optional<String> refusal =
        children.isEmpty()
            ? Optional.empty()
            : ChildNames.refusalOfJob(job.getMetadata().getName());
    for (int i = 0; i < children.size() && refusal.isEmpty(); i++) {
      refusal =
          ChildNames.refusalOfTask(
              field(i) + ".name", nameOf(job.getSpec().getTasks().get(i)), children.get(i));
    }
    return refusal.map(message -> new Refused("InvalidName", message));
  }

  private static Optional<JobPlan> clashes(PropellerJobSpec spec, List<String> children) {
    Map<String, Integer> owners = new HashMap<>();
    for (int i = 0; i < children.size(); i++) {
      Integer other = owners.putIfAbsent(children.get(i), i);
      if (other != null) {
        return clash(
            "%s.name \"%s\" and %s.name \"%s\" would both make the Task %s: rename one of them"
                .formatted(
                    field(other),
                    nameOf(spec.getTasks().get(other)),
                    field(i),
                    nameOf(spec.getTasks().get(i)),
                    children.get(i)));
      }
    }
    for (int i = 0; i < children.size(); i++) {
      for (String name : spec.getTasks().get(i).getDependsOn()) {
        Integer other = owners.get(name);
        if (other != null && !name.equals(nameOf(spec.getTasks().get(other)))) {
          return clash(
              "%s.dependsOn names %s, which is also the name of the Task of %s: rename one of them"
                  .formatted(field(i), name, field(other)));
        }
      }
    }
    for (String reference : spec.getTaskRefs()) {
      Integer other = owners.get(reference);
      if (other != null) {
        return clash(
            "spec.taskRefs names %s, which is the Task of %s: take it out"
                .formatted(reference, field(other)));
      }
    }
    return Optional.empty();
  }

  private static Optional<JobPlan> clash(String message) {
    return Optional.of(new Refused("NameClash", message));
  }

  private static Optional<JobPlan> order(PropellerJobSpec spec) {
    return Batch.problem(steps(spec), isOneByOne(spec))
        .map(
            problem ->
                new Refused(
                    reason(problem),
                    "spec.tasks: %s; dependsOn names tasks of the same job%s"
                        .formatted(
                            problem.message(),
                            isOneByOne(spec) ? ", and earlier ones where it is sequential" : "")));
  }

  private static String reason(BatchProblem problem) {
    if (problem instanceof BatchProblem.Cycle) {
      return "DependencyCycle";
    }
    return problem instanceof BatchProblem.OutOfOrder ? "DependencyOrder" : "UnknownDependency";
  }

  private static List<Step> steps(PropellerJobSpec spec) {
    return spec.getTasks().stream()
        .map(
            task ->
                new Step(
                    nameOf(task),
                    ImmutableSet.copyOf(task.getDependsOn()),
                    task.getRunIf() == io.propeller.api.v1.RunIf.FAILURE
                        ? RunIf.FAILURE
                        : RunIf.SUCCESS))
        .toList();
  }

  private static boolean isOneByOne(PropellerJobSpec spec) {
    return spec.getExecutionMode() == ExecutionMode.SEQUENTIAL;
  }

  private static ImmutableList<ResourceID> ids(List<String> names, String namespace) {
    return names.stream()
        .map(name -> new ResourceID(name, namespace))
        .collect(ImmutableList.toImmutableList());
  }

  private static String field(int number) {
    return "spec.tasks[" + number + "]";
  }

  /** A rule of the CRD sees to it that there is one. */
  private static String nameOf(TaskSpec entry) {
    return Optional.ofNullable(entry.getName()).orElse("");
  }
}
