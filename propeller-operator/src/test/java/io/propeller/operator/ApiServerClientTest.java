package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Task;
import org.junit.jupiter.api.Test;

class ApiServerClientTest {

  @Test
  void what_a_watch_brings_is_a_task_without_who_manages_it() {
    try (KubernetesClient client = ApiServerClient.builder(Config.empty()).build()) {
      WatchEvent event =
          client
              .getKubernetesSerialization()
              .unmarshal(
                  """
                  {"type": "ADDED", "object": {
                    "apiVersion": "propeller.propeller.abstractmachines.fr/v1", "kind": "Task",
                    "metadata": {
                      "name": "sum",
                      "managedFields": [
                        {"manager": "kubectl", "fieldsV1": {"f:spec": {"f:inputs": {}}}}]},
                    "spec": {"inputs": [10, 32]}}}
                  """,
                  WatchEvent.class);

      assertThat(event.getObject()).isInstanceOf(Task.class);
      Task task = (Task) event.getObject();
      assertThat(task.getMetadata().getName()).isEqualTo("sum");
      assertThat(task.getMetadata().getManagedFields()).isEmpty();
      assertThat(task.getSpec().getInputs()).containsExactly("10", "32");
    }
  }
}
