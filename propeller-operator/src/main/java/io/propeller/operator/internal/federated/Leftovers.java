package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TrainingRound;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.function.Consumer;

/** Ends the Tasks that are left of rounds that are over. */
final class Leftovers {

  private static final String STOP = "{\"spec\":{\"suspend\":true}}";

  private final Consumer<ResourceID> wakeTask;

  /**
   * Makes one.
   *
   * @param wakeTask has a Task looked at
   */
  Leftovers(Consumer<ResourceID> wakeTask) {
    this.wakeTask = wakeTask;
  }

  /**
   * Ends the tasks of a round: those whose update counts are done, the others are stopped.
   *
   * @param tasks its tasks, by participant
   */
  void end(TrainingRound round, Map<String, Task> tasks, KubernetesClient client) {
    for (Map.Entry<String, Task> entry : tasks.entrySet()) {
      Task task = entry.getValue();
      if (task.phase().isTerminal()) {
        continue;
      }
      if (RoundStatuses.isCounted(round, entry.getKey()) && task.phase() == TaskPhase.RUNNING) {
        wakeTask.accept(ResourceID.fromResource(task));
      } else if (!task.getSpec().isSuspend()) {
        stop(task, client);
      }
    }
  }

  private static void stop(Task task, KubernetesClient client) {
    try {
      var unused = client.resource(task).patch(PatchContext.of(PatchType.JSON_MERGE), STOP);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
