package io.propeller.operator.internal.batch;

import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.RunIf;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskSpec;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.scheduler.batch.Making;

/** The Tasks of a job as they are made. */
final class ChildTask {

  /** Annotation of a Task that its job holds back by {@code spec.suspend}. */
  static final String HELD = PropellerApi.GROUP + "/held-by-job";

  private ChildTask() {}

  /** Returns the Task to make of an entry. */
  static Task of(PropellerJob job, Making making, String name) {
    TaskSpec spec =
        new TaskSpecBuilder(job.getSpec().getTasks().get(making.step()))
            .withJobId(job.getMetadata().getUid())
            .withDependsOn(making.dependsOn())
            .withRunIf(
                making.runIf() == io.propeller.scheduler.workflow.RunIf.FAILURE
                    ? RunIf.FAILURE
                    : RunIf.SUCCESS)
            .build();
    // The job counts its Tasks, so it keeps them for as long as it is there itself.
    spec.setTtlSecondsAfterFinished(null);
    return new TaskBuilder()
        .withMetadata(
            Ownership.metadata(job, name)
                .addToLabels(PropellerApi.JOB_LABEL, job.getMetadata().getName())
                .build())
        .withSpec(spec)
        .build();
  }

  /** Returns whether its job holds a Task back. */
  static boolean isHeld(Task task) {
    return task.getMetadata().getAnnotations() != null
        && task.getMetadata().getAnnotations().containsKey(HELD);
  }
}
