package io.propeller.benchmarks.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.testkit.proplet.SimulatedProplets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An operator that somebody has started for the namespace, and devices for it. */
final class OperatorContender implements Contender {

  private final String namespace;
  private final KubernetesClient client;
  private final SimulatedProplets devices;
  private final ExecutorService creators = Executors.newFixedThreadPool(Writers.THREADS);
  private final Journeys journeys;

  OperatorContender(
      KubernetesClient client, String namespace, BrokerAddress broker, int numberOfDevices) {
    this.client = client;
    this.namespace = namespace;
    devices = Devices.start(broker, namespace, numberOfDevices);
    Devices.declare(client, namespace, devices);
    journeys = new Journeys(client, namespace);
  }

  /** Returns what became of the Tasks so far. */
  Journeys journeys() {
    return journeys;
  }

  @Override
  public void run(int tasks) throws InterruptedException {
    for (int i = 0; i < tasks; i++) {
      creators.execute(() -> journeys.begin(Tasks.next(namespace), client));
    }
    journeys.awaitEnds(tasks);
  }

  @Override
  public void close() {
    journeys.close();
    creators.shutdownNow();
    devices.close();
  }
}
