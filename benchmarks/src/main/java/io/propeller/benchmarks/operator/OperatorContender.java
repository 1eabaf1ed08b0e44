package io.propeller.benchmarks.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletType;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.topic.Channel;
import io.propeller.operator.OperatorOptions;
import io.propeller.operator.PropellerOperator;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The operator, as a user starts it. */
final class OperatorContender implements Contender {

  private final KubernetesClient client;
  private final String namespace;
  private final PropellerOperator operator;
  private final EchoWorker worker;
  private final ExecutorService creators = Executors.newFixedThreadPool(Writers.THREADS);
  private final Set<String> completed = ConcurrentHashMap.newKeySet();
  private final Semaphore done = new Semaphore(0);
  private final Watch watch;

  OperatorContender(KubernetesClient client, String namespace, BrokerAddress broker)
      throws IOException {
    this.client = client;
    this.namespace = namespace;
    Channel channel = Channel.of("benchmark", namespace);
    operator =
        PropellerOperator.start(
            client,
            OperatorOptions.builder()
                .mqttAddress(broker)
                .channel(channel)
                .clientId("operator-" + namespace)
                .addWatchNamespaces(namespace)
                .build());
    client
        .resource(
            new PropletBuilder()
                .withNewMetadata()
                .withName("echo")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withType(PropletType.EXTERNAL)
                .withNewConnectionConfig()
                .withMqttAddress("tcp://unused:1883")
                .withDomainId("benchmark")
                .withChannelId(namespace)
                .withClientId("echo-" + namespace)
                .withClientKey("none")
                .endConnectionConfig()
                .endSpec()
                .build())
        .create();
    worker = new EchoWorker(broker, channel, "echo-" + namespace);
    watch =
        client
            .resources(Task.class)
            .inNamespace(namespace)
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, Task task) {
                    if (task.phase() == TaskPhase.COMPLETED
                        && completed.add(task.getMetadata().getName())) {
                      done.release();
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
  }

  @Override
  public void run(int tasks) throws InterruptedException {
    for (int i = 0; i < tasks; i++) {
      creators.execute(() -> client.resource(Tasks.next(namespace)).create());
    }
    do {
      worker.alive();
    } while (!done.tryAcquire(tasks, 1, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    watch.close();
    creators.shutdownNow();
    operator.close();
    worker.close();
  }
}
