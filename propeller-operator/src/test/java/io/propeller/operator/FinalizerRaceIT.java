package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.propeller.api.v1.Task;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Somebody changes a Task in the moment before the operator takes its finalizer off. */
@WithServers
class FinalizerRaceIT {

  @Test
  void the_task_goes_all_the_same(KubernetesClient client, Mosquitto broker) throws Exception {
    AtomicBoolean changed = new AtomicBoolean();
    Interceptor changing =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.method().equals("PATCH")
                && request.uri().getPath().endsWith("/tasks/waits")
                && isDeleted(client)
                && changed.compareAndSet(false, true)) {
              var unused =
                  client
                      .resources(Task.class)
                      .withName("waits")
                      .patch(
                          PatchContext.of(PatchType.JSON_MERGE),
                          "{\"metadata\":{\"annotations\":{\"changed\":\"now\"}}}");
            }
          }
        };
    OperatorOptions.Builder options = OperatorOptions.builder();
    options
        .mqttAddress(broker.address())
        .channel(Channel.of("test", client.getNamespace()))
        .clientId("operator-" + client.getNamespace())
        .addWatchNamespaces(client.getNamespace());
    try (KubernetesClient account = OperatorAccount.client(client, changing);
        PropellerOperator operator = PropellerOperator.start(account, options.build())) {
      client.resource(TestBed.task("waits").build()).create();
      client
          .resources(Task.class)
          .withName("waits")
          .waitUntilCondition(
              task -> task != null && !task.getMetadata().getFinalizers().isEmpty(),
              20,
              TimeUnit.SECONDS);

      var unused = client.resources(Task.class).withName("waits").delete();

      client
          .resources(Task.class)
          .withName("waits")
          .waitUntilCondition(task -> task == null, 20, TimeUnit.SECONDS);
      assertThat(changed).isTrue();
      assertThat(operator.ended().toCompletableFuture()).isNotDone();
    }
  }

  private static boolean isDeleted(KubernetesClient client) {
    Task task = client.resources(Task.class).withName("waits").get();
    return task != null && task.getMetadata().getDeletionTimestamp() != null;
  }
}
