package io.propeller.operator.internal.task;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.api.v1.ConcurrencyPolicy;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskSpec;
import io.propeller.api.v1.TaskSpecBuilder;
import io.propeller.operator.internal.pod.Ownership;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the Tasks that are runs of a recurring Task which go on beside an earlier one. */
final class Besides {

  /** How long such a Task is kept when it is over, where its owner does not say: an hour. */
  static final int KEPT_SECONDS = 3_600;

  private static final int MAX_NAME = 253;
  private static final int SECONDS_PER_MINUTE = 60;

  private final Dependencies dependencies;

  Besides(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  /** Makes the Task of a run. Has no effect when called again. */
  void create(Task recurring, Instant due, KubernetesClient client) {
    try {
      client.resource(of(recurring, due, dependencies.results(recurring))).create();
    } catch (KubernetesClientException e) {
      // The name says of which run it is: whoever made it has done this already.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  /**
   * Returns the Task of a run: it runs once, and now. It is no member of the workflow or job of the
   * recurring one, where its work would have the name of another's.
   *
   * @param results what the recurring one has from those that it depends on
   */
  static Task of(Task recurring, Instant due, Map<String, String> results) {
    TaskSpec spec = recurring.getSpec();
    Map<String, String> environment = new LinkedHashMap<>(results);
    environment.putAll(spec.getEnv());
    String suffix = "-" + due.getEpochSecond() / SECONDS_PER_MINUTE;
    String name = recurring.getMetadata().getName();
    TaskSpec once =
        new TaskSpecBuilder(spec)
            .withName(recurring.workName())
            .withRecurring(false)
            .withConcurrencyPolicy(ConcurrencyPolicy.FORBID)
            .withDependsOn(List.of())
            .withEnv(environment)
            .withTtlSecondsAfterFinished(
                Optional.ofNullable(spec.getTtlSecondsAfterFinished()).orElse(KEPT_SECONDS))
            .build();
    once.setSchedule(null);
    once.setWorkflowId(null);
    once.setJobId(null);
    return new TaskBuilder()
        .withMetadata(
            Ownership.metadata(
                    recurring,
                    name.substring(0, Math.min(name.length(), MAX_NAME - suffix.length())) + suffix)
                .addToLabels(recurring.getMetadata().getLabels())
                .build())
        .withSpec(once)
        .build();
  }
}
