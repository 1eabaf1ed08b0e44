package io.propeller.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.propeller.api.v1.JobPhase;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobBuilder;
import io.propeller.api.v1.PropellerJobSpecBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskSpec;
import io.propeller.api.v1.TaskSpecBuilder;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An operator that serves jobs, and what tests do with those. */
abstract class BatchRig extends OperatorRig {

  PropellerJob createJob(String name, Consumer<PropellerJobSpecBuilder> change) {
    return createJob(client, name, change);
  }

  static PropellerJob createJob(
      KubernetesClient client, String name, Consumer<PropellerJobSpecBuilder> change) {
    PropellerJobSpecBuilder spec = new PropellerJobSpecBuilder();
    change.accept(spec);
    return client
        .resource(
            new PropellerJobBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withSpec(spec.build())
                .build())
        .create();
  }

  /** Describes the tasks of a job, which add 10 and 32. */
  static TaskSpec[] entries(String... names) {
    return List.of(names).stream().map(name -> entry(name)).toArray(TaskSpec[]::new);
  }

  static TaskSpec entry(String name, String... dependsOn) {
    return entryBuilder(name).withDependsOn(dependsOn).build();
  }

  static TaskSpecBuilder entryBuilder(String name) {
    return new TaskSpecBuilder(task("x").build().getSpec()).withName(name);
  }

  void patchJob(String name, String merge) {
    var unused =
        client
            .resources(PropellerJob.class)
            .withName(name)
            .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
  }

  PropellerJob awaitJob(String name, Predicate<PropellerJob> condition) {
    return await(client.resources(PropellerJob.class).withName(name), condition);
  }

  PropellerJob awaitJob(String name, JobPhase phase) {
    return awaitJob(name, job -> phase(job) == phase);
  }

  static JobPhase phase(PropellerJob job) {
    return job.getStatus() == null ? null : job.getStatus().getPhase();
  }

  PropellerJob awaitReason(String name, String type, String reason) {
    return awaitJob(name, job -> condition(job, type).getReason().equals(reason));
  }

  static Condition condition(PropellerJob job, String type) {
    return (job.getStatus() == null ? List.<Condition>of() : job.getStatus().getConditions())
        .stream()
            .filter(condition -> condition.getType().equals(type))
            .findFirst()
            .orElseGet(() -> new ConditionBuilder().withReason("").withMessage("").build());
  }

  List<Task> children(String job) {
    return client.resources(Task.class).withLabel(PropellerApi.JOB_LABEL, job).list().getItems();
  }

  List<String> childNames(String job) {
    return children(job).stream().map(task -> task.getMetadata().getName()).sorted().toList();
  }

  boolean isThere(String task) {
    return client.resources(Task.class).withName(task).get() != null;
  }

  static long inPhase(List<Task> tasks, TaskPhase phase) {
    return tasks.stream().filter(task -> task.phase() == phase).count();
  }
}
