package io.propeller.operator;

import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Qos;
import io.propeller.mqtt.client.Secret;
import io.propeller.mqtt.topic.Channel;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/** What an operator is told when it starts. Immutable. */
@Value.Immutable
@Values
public interface OperatorOptions {

  /** Returns where the broker is. */
  BrokerAddress mqttAddress();

  /**
   * Returns the quality of service of what is published and of the session that carries results.
   */
  @Value.Default
  default Qos mqttQos() {
    return Qos.AT_LEAST_ONCE;
  }

  /** Returns how long the broker may take to answer. */
  @Value.Default
  default Duration mqttTimeout() {
    return Duration.ofSeconds(30);
  }

  /** Returns the channel that is served. */
  Channel channel();

  /** Returns the identity on the wire, which is also the user name at the broker. */
  @Value.Default
  default String clientId() {
    return "propeller-controller";
  }

  /** Returns the password for the broker, if it wants one. */
  Optional<Secret> clientKey();

  /** Returns how often it is checked who has gone silent. */
  @Value.Default
  default Duration livelinessInterval() {
    return Duration.ofSeconds(1);
  }

  /** Returns how long a proplet may be silent before it is offline. */
  @Value.Default
  default Duration lastSeenThreshold() {
    return Duration.ofSeconds(30);
  }

  /**
   * Returns how often the status of a proplet is refreshed while nothing changes but time; zero,
   * which is the default, for never.
   */
  @Value.Default
  default Duration statusRefresh() {
    return Duration.ZERO;
  }

  /** Returns the namespaces whose resources are served; all if there are none. */
  Set<String> watchNamespaces();

  /**
   * Returns the folder of models, and of results that are too large for a status; without it such
   * results fail their tasks. One operator at a time writes to it.
   */
  Optional<Path> modelStore();

  /** Returns how many bytes of models, updates and results that folder may hold. */
  @Value.Default
  default long modelStoreLimit() {
    return Long.MAX_VALUE;
  }

  /**
   * Returns the namespace in which Proplets are made of devices that announce themselves; none are
   * made if there is none. A Proplet that was made waits for {@code spec.unschedulable} to be set
   * to false.
   */
  Optional<String> registerIn();

  /** Returns how many such Proplets may wait for approval. */
  @Value.Default
  default int registerLimit() {
    return 100;
  }

  /**
   * Returns the registries that modules may be fetched from, such as {@code ghcr.io}, and the hosts
   * that those send on to; {@code http://} before one means without TLS. None by default.
   */
  Set<String> registryHosts();

  /** Returns the ranges of addresses, not public, that such a host may have: {@code 10.0.0.0/8}. */
  Set<String> registryNetworks();

  /**
   * Returns the Docker {@code config.json} with the credentials for registries, if there are any;
   * it is read anew whenever a registry asks for them.
   */
  Optional<Path> registryAuthFile();

  /** Returns whether only one of several operators works at a time. */
  @Value.Default
  default boolean leaderElect() {
    return false;
  }

  /** Returns the name of the pod that it runs in, if any; the lease says who holds it. */
  Optional<String> podName();

  /** Returns the uid of that pod; events of the operator itself are about it. */
  Optional<String> podUid();

  /** Returns where {@code /livez} and {@code /readyz} are served, if anywhere. */
  Optional<InetSocketAddress> healthProbeBindAddress();

  /** Returns where {@code /metrics} is served, if anywhere. */
  Optional<InetSocketAddress> metricsBindAddress();

  /**
   * Returns where workers that train get models and post updates over HTTP, if anywhere; without it
   * they do so over MQTT alone.
   */
  Optional<InetSocketAddress> coordinatorBindAddress();

  /**
   * Returns the URL under which workers reach that address; the machine's name and the port by
   * default.
   */
  Optional<String> coordinatorUrl();

  /** Returns the URL of the data that workers train on, if they are to be told of any. */
  Optional<String> dataStoreUrl();

  /**
   * Returns the namespace in which TrainingRounds are made of the wishes of coordinators on the
   * channel; none are made if there is none.
   */
  Optional<String> acceptRoundStart();

  /** Returns a builder without values. */
  static Builder builder() {
    return new Builder();
  }

  /** Builds options; what has no default is required. */
  class Builder extends ImmutableOperatorOptions.Builder {}
}
