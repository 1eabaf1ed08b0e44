package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.TrainingRound;
import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.operator.internal.metrics.OperatorMetrics;
import io.propeller.operator.internal.proplet.PropletDirectory;
import java.net.HttpURLConnection;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes TrainingRounds of what coordinators on the channel ask for. Safe for use by any thread. */
final class RoundRequests {

  private static final Logger log = LoggerFactory.getLogger(RoundRequests.class);

  private final KubernetesClient client;
  private final String namespace;
  private final PropletDirectory proplets;
  private final OperatorMetrics metrics;
  private final Executor thread;

  RoundRequests(
      KubernetesClient client,
      String namespace,
      PropletDirectory proplets,
      OperatorMetrics metrics,
      Executor thread) {
    this.client = client;
    this.namespace = namespace;
    this.proplets = proplets;
    this.metrics = metrics;
    this.thread = thread;
  }

  /** Takes a wish, and acknowledges it once its round is there or cannot be. Does not wait. */
  void take(Delivery<RoundStart> delivery) {
    try {
      thread.execute(() -> make(delivery));
    } catch (RejectedExecutionException e) {
      // Closed: whoever comes next gets it.
      delivery.close();
    }
  }

  private void make(Delivery<RoundStart> delivery) {
    try {
      TrainingRound round = RequestedRound.of(delivery.message(), namespace, this::name);
      client.resource(round).create();
      delivery.acknowledge();
    } catch (IllegalArgumentException e) {
      refuse(delivery, String.valueOf(e.getMessage()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // The same message again.
        delivery.acknowledge();
      } else if (FederatedState.isRefusal(e)) {
        refuse(delivery, String.valueOf(e.getMessage()));
      } else {
        log.warn("a round cannot be made now, and is asked for again: {}", e.getMessage());
        delivery.close();
      }
    }
  }

  private void refuse(Delivery<RoundStart> delivery, String why) {
    log.warn("no round {}: {}", delivery.message().roundId(), why);
    metrics.messageRefused("round");
    delivery.acknowledge();
  }

  private String name(PropletId identity) {
    return proplets.named(identity).stream()
        .filter(proplet -> proplet.getNamespace().filter(namespace::equals).isPresent())
        .map(ResourceID::getName)
        .sorted()
        .findFirst()
        .orElse(identity.value());
  }
}
