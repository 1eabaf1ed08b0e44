package io.propeller.operator.internal.proplet;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.Proplet;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.topic.Channel;
import io.propeller.scheduler.lifecycle.Liveness.Presence;
import java.net.HttpURLConnection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Proplets of devices that announce themselves and are nobody's yet, in one namespace, one at
 * a time, and no more than a given number that nobody has approved of.
 *
 * <p>Safe for use by any thread.
 */
public final class Registration {

  private static final Logger log = LoggerFactory.getLogger(Registration.class);

  private final Map<PropletId, Discovery> waiting = new LinkedHashMap<>();
  private final KubernetesClient client;
  private final PropletDirectory directory;
  private final Channel channel;
  private final String namespace;
  private final String brokerAddress;
  private final int limit;

  /**
   * Makes a registration.
   *
   * @param brokerAddress what the Proplets say of where the broker is
   * @param limit how many Proplets may wait for approval
   */
  public Registration(
      KubernetesClient client,
      PropletDirectory directory,
      Channel channel,
      String namespace,
      String brokerAddress,
      int limit) {
    this.client = client;
    this.directory = directory;
    this.channel = channel;
    this.namespace = namespace;
    this.brokerAddress = brokerAddress;
    this.limit = limit;
  }

  /** Notes a device; returns whether there was room for it. */
  public synchronized boolean offer(Discovery device) {
    if (waiting.size() >= limit && !waiting.containsKey(device.propletId())) {
      return false;
    }
    waiting.put(device.propletId(), device);
    return true;
  }

  /** Makes a Proplet of the device that has waited longest. To be called from time to time. */
  public void step() {
    Optional<Discovery> device = next();
    try {
      device.ifPresent(this::register);
    } catch (KubernetesClientException e) {
      log.warn("a device could not be registered: {}", e.getMessage());
    }
  }

  private synchronized Optional<Discovery> next() {
    Iterator<Discovery> oldest = waiting.values().iterator();
    if (!oldest.hasNext()) {
      return Optional.empty();
    }
    Discovery device = oldest.next();
    oldest.remove();
    return Optional.of(device);
  }

  private void register(Discovery device) {
    PropletId identity = device.propletId();
    if (unapproved() >= limit) {
      log.warn(
          "device {} is not registered: {} wait for approval already", identity.value(), limit);
      return;
    }
    Proplet proplet = RegisteredProplet.of(identity, channel, namespace, brokerAddress);
    try {
      Proplet created = client.resource(proplet).create();
      log.info("device {} is registered and waits for approval", identity.value());
      directory.track(
          ResourceID.fromResource(created),
          PropletMapping.member(created, identity),
          Presence.EXPECTED);
      directory.started(identity, device.metadata());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      log.warn(
          "device {} is not registered: there is a Proplet {} already",
          identity.value(),
          proplet.getMetadata().getName());
    }
  }

  private long unapproved() {
    return client
        .resources(Proplet.class)
        .inNamespace(namespace)
        .withLabel(RegisteredProplet.LABEL)
        .list()
        .getItems()
        .stream()
        .filter(proplet -> proplet.getSpec().isUnschedulable())
        .count();
  }
}
