package io.propeller.operator.internal.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.propeller.api.v1.PropellerApi;
import io.propeller.api.v1.ResourceAmounts;
import io.propeller.api.v1.RestartPolicy;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskSpec;
import io.propeller.operator.internal.pod.Amounts;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.pod.Restricted;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Job, and the ConfigMap of its environment, that run an attempt of a Task. */
final class JobTemplate {

  /** Label on a Job: the uid of its Task. */
  static final String TASK_LABEL = PropellerApi.GROUP + "/task-uid";

  /** Annotation on a Job: which attempt it runs. */
  static final String ATTEMPT_ANNOTATION = PropellerApi.GROUP + "/attempt";

  /** Name of the one container. */
  static final String CONTAINER = "task";

  /** The most characters of a Job's name, since its pods carry it as a label. */
  private static final int MAX_NAME = 63;

  /** How often a pod that failed is started again, where the Task wants that at all. */
  private static final int RESTARTS = 6;

  private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

  private JobTemplate() {}

  static String jobName(Task task) {
    return task.getMetadata().getName() + "-job";
  }

  static String configName(Task task) {
    return task.getMetadata().getName() + "-config";
  }

  static String resultName(Task task) {
    return jobName(task) + "-result";
  }

  /**
   * Checks that a Job can be made of a Task.
   *
   * @throws IllegalArgumentException if none can; the message names the field
   */
  static void check(Task task) {
    if (!Execution.isImage(task.getSpec())) {
      throw new IllegalArgumentException(
          "spec.executor is job, so spec.imageUrl must name an image of a registry; it is '%s'"
              .formatted(task.getSpec().getImageUrl() == null ? "" : task.getSpec().getImageUrl()));
    }
    if (jobName(task).length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "metadata.name has %d characters; the Job %s may have %d, so %d are left for the task"
              .formatted(
                  task.getMetadata().getName().length(), jobName(task), MAX_NAME, MAX_NAME - 4));
    }
    for (String name : task.getSpec().getEnv().keySet()) {
      if (!VARIABLE.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "spec.env has the name '%s'; a Job's may have letters, digits, '-', '_' and '.'"
                .formatted(name));
      }
    }
  }

  /** Returns the ConfigMap of an attempt's environment. */
  static ConfigMap config(Task task, Map<String, String> environment) {
    return new ConfigMapBuilder()
        .withMetadata(
            Ownership.metadata(task, configName(task))
                .addToLabels(TASK_LABEL, task.getMetadata().getUid())
                .build())
        .withData(environment)
        .build();
  }

  /**
   * Returns the Job of an attempt.
   *
   * <p>What the Task retries is for its retry policy: a pod that failed is started again only under
   * {@code restartPolicy: OnFailure}. A Job has no {@code Always}, which means the same here.
   */
  static Job job(Task task, AttemptId attempt) {
    TaskSpec spec = task.getSpec();
    boolean restarts =
        spec.getRestartPolicy() != null && spec.getRestartPolicy() != RestartPolicy.NEVER;
    return new JobBuilder()
        .withMetadata(
            Ownership.metadata(task, jobName(task))
                .addToLabels(TASK_LABEL, task.getMetadata().getUid())
                .addToAnnotations(ATTEMPT_ANNOTATION, attempt.wire())
                .build())
        .withNewSpec()
        .withBackoffLimit(restarts ? RESTARTS : 0)
        .withActiveDeadlineSeconds(spec.getActiveDeadlineSeconds())
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(Ownership.MANAGED_BY, Ownership.OPERATOR)
        .addToLabels(TASK_LABEL, task.getMetadata().getUid())
        .endMetadata()
        .withSpec(
            Restricted.pod(
                new ContainerBuilder()
                    .withName(CONTAINER)
                    .withImage(spec.getImageUrl())
                    .withArgs(spec.getCliArgs())
                    .withEnvFrom(
                        List.of(
                            new EnvFromSourceBuilder()
                                .withNewConfigMapRef()
                                .withName(configName(task))
                                .endConfigMapRef()
                                .build()))
                    .withResources(Amounts.of(quantities(spec.getResourceRequirements())))
                    .withTerminationMessagePolicy("FallbackToLogsOnError")
                    .build()))
        .editSpec()
        .withRestartPolicy(restarts ? "OnFailure" : "Never")
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static Map<String, Quantity> quantities(@Nullable ResourceAmounts needs) {
    Map<String, Quantity> quantities = new HashMap<>();
    if (needs != null) {
      quantities.putAll(needs.getCustom());
      quantities.put("cpu", needs.getCpu());
      quantities.put("memory", needs.getMemory());
      quantities.values().removeIf(Objects::isNull);
    }
    return quantities;
  }
}
