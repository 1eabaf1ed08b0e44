package io.propeller.benchmarks.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.PropletType;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.proplet.SimulatedProplets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Devices that beat every ten seconds and answer each Start at once. */
final class Devices {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private Devices() {}

  /** Starts devices in the channel that is named like the namespace. */
  static SimulatedProplets start(BrokerAddress broker, String namespace, int count) {
    return SimulatedProplets.start(
        broker, channel(namespace), namespace + "-", count, HEARTBEAT, start -> "42");
  }

  static Channel channel(String namespace) {
    return Channel.of("benchmark", namespace);
  }

  /** Creates a Proplet for each device, and waits until the operator has heard of all. */
  static void declare(KubernetesClient client, String namespace, SimulatedProplets devices) {
    devices.ids().forEach(id -> client.resource(proplet(namespace, id.value())).create());
    client
        .resources(Proplet.class)
        .inNamespace(namespace)
        .informOnCondition(
            proplets ->
                proplets.size() == devices.ids().size()
                    && proplets.stream().allMatch(Devices::isRunning))
        .orTimeout(2, TimeUnit.MINUTES)
        .join();
  }

  private static boolean isRunning(Proplet proplet) {
    return proplet.getStatus() != null && proplet.getStatus().getPhase() == PropletPhase.RUNNING;
  }

  private static Proplet proplet(String namespace, String identity) {
    return new PropletBuilder()
        .withNewMetadata()
        .withName(identity)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withType(PropletType.EXTERNAL)
        .withNewConnectionConfig()
        .withMqttAddress("tcp://unused:1883")
        .withDomainId("benchmark")
        .withChannelId(namespace)
        .withClientId(identity)
        .withClientKey("none")
        .endConnectionConfig()
        .endSpec()
        .build();
  }
}
