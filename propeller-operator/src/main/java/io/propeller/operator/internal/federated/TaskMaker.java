package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.operator.internal.pod.Ownership;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the Tasks of rounds. */
final class TaskMaker {

  private static final Logger log = LoggerFactory.getLogger(TaskMaker.class);

  private final FederatedState state;

  TaskMaker(FederatedState state) {
    this.state = state;
  }

  /**
   * Makes the tasks that there are not yet, and gives up the participants whose task there cannot
   * be, since somebody else's has its name.
   *
   * @param present those that there are, by participant
   * @return all of them, by participant
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not take
   *     one
   * @throws IOException if it cannot be stored that a participant is given up
   */
  Map<String, Task> make(
      TrainingRound round, OpenRound open, Map<String, Task> present, KubernetesClient client)
      throws IOException {
    Map<String, Task> tasks = new HashMap<>(present);
    Optional<FederatedJob> job = state.experiments().named(round);
    for (String proplet : RoundTasks.participants(round)) {
      if (!tasks.containsKey(proplet) && !open.isWithdrawn(proplet)) {
        Task task =
            Creation.createOrFind(
                RoundTasks.task(round, proplet, job, environment(open, proplet)), client);
        if (Ownership.isOf(task, round)) {
          tasks.put(proplet, task);
        } else {
          log.warn(
              "{} takes no part in {}: Task {} is there already, and somebody else's",
              proplet,
              round.getMetadata().getName(),
              task.getMetadata().getName());
          open.withdraw(proplet);
        }
      }
    }
    return tasks;
  }

  private Map<String, String> environment(OpenRound open, String proplet) {
    Map<String, String> environment = new HashMap<>(open.environment());
    environment.put(
        "MANAGER_COORDINATOR_URL",
        state.environment().coordinator(open.namespace(), open.uid(), proplet));
    return environment;
  }
}
