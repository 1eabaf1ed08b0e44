package io.propeller.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.propeller.api.v1.Crds;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletType;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.topic.Channel;
import io.propeller.operator.OperatorOptions;
import io.propeller.operator.PropellerOperator;
import io.propeller.testkit.kube.EmbeddedApiServer;
import io.propeller.testkit.mqtt.EmbeddedBroker;
import io.propeller.testkit.proplet.WasmProplet;
import io.propeller.testkit.proplet.WasmPropletOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A broker, an API server, an operator and workers, in this process. Not thread-safe. */
final class Stage implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration THRESHOLD = Duration.ofSeconds(5);

  private static final Duration CLEAN_UP = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Queue<HasMetadata> made = new ConcurrentLinkedQueue<>();
  private final Map<String, WasmProplet> workers = new LinkedHashMap<>();
  private final KubernetesClient client;
  private final String namespace;
  private final BrokerAddress broker;
  private final Channel channel;
  private final InetSocketAddress coordinator;

  private Stage(
      KubernetesClient client,
      String namespace,
      BrokerAddress broker,
      Channel channel,
      InetSocketAddress coordinator) {
    this.channel = channel;
    this.client = client;
    this.namespace = namespace;
    this.broker = broker;
    this.coordinator = coordinator;
  }

  /**
   * Starts a broker, an API server unless there is one, and an operator on them.
   *
   * @param kubeconfig of the cluster to use; empty for an API server in this process
   * @throws DemoException if the cluster cannot be used
   */
  static Stage open(Optional<Path> kubeconfig, Channel channel) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      EmbeddedBroker broker = EmbeddedBroker.start();
      opened.push(broker);
      Stage stage;
      if (kubeconfig.isPresent()) {
        Config config = Config.fromKubeconfig(kubeconfig.get().toFile());
        KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        opened.push(client);
        String namespace = client.getNamespace() == null ? "default" : client.getNamespace();
        Crds.all().forEach(crd -> client.resource(crd).createOr(present -> present.update()));
        stage = on(client, namespace, broker.address(), channel);
      } else {
        EmbeddedApiServer server = EmbeddedApiServer.start();
        opened.push(server);
        server.install(Crds.kinds());
        stage = on(server.client(), server.newNamespace(), broker.address(), channel);
      }
      stage.open.addAll(opened);
      return stage;
    } catch (RuntimeException e) {
      closeAll(opened);
      throw new DemoException("cannot start: " + e.getMessage(), e);
    }
  }

  /** Starts an operator on servers that are there, and are not closed with the stage. */
  static Stage on(
      KubernetesClient client, String namespace, BrokerAddress broker, Channel channel) {
    try {
      Stage stage = new Stage(client, namespace, broker, channel, freePort());
      try {
        stage.startOperator();
        return stage;
      } catch (IOException | RuntimeException e) {
        stage.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DemoException("cannot start the operator: " + e.getMessage(), e);
    }
  }

  private void startOperator() throws IOException {
    Scratch models = Scratch.create();
    open.push(models);
    open.push(
        PropellerOperator.start(
            client,
            OperatorOptions.builder()
                .mqttAddress(broker)
                .channel(channel)
                .lastSeenThreshold(THRESHOLD)
                .addWatchNamespaces(namespace)
                .modelStore(models.folder())
                .coordinatorBindAddress(coordinator)
                .build()));
  }

  private static InetSocketAddress freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
  }

  /** Returns where workers get models. */
  URI coordinator() {
    return URI.create(
        "http://%s:%d".formatted(coordinator.getAddress().getHostAddress(), coordinator.getPort()));
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** Tells where a user finds the servers. */
  String addresses() {
    return "API server %s, namespace %s, broker tcp://%s:%d"
        .formatted(client.getMasterUrl(), namespace, broker.host(), broker.port());
  }

  /** Remembers a resource that is to be gone from a user's cluster when the demo ends. */
  void made(HasMetadata resource) {
    made.add(resource);
  }

  /** Deletes all that was made, while the operator is there to let it go. */
  void cleanUp() {
    List<HasMetadata> all = List.copyOf(made);
    client.resourceList(all).delete();
    client
        .resourceList(all)
        .waitUntilCondition(Objects::isNull, CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts the worker that an external Proplet describes. */
  void startWorker(Proplet proplet) {
    String identity = proplet.getSpec().getConnectionConfig().identity();
    if (proplet.getSpec().getType() == PropletType.EXTERNAL && identity != null) {
      WasmProplet worker =
          WasmProplet.start(
              WasmPropletOptions.of(broker, channel, identity)
                  .withNamespace(namespace)
                  .withHeartbeat(HEARTBEAT));
      workers.put(proplet.getMetadata().getName(), worker);
      open.push(worker);
    }
  }

  /** Ends a worker as a power failure would, and returns the name of its Proplet. */
  String killOneWorker() {
    Map.Entry<String, WasmProplet> victim =
        workers.entrySet().stream()
            .findFirst()
            .orElseThrow(() -> new DemoException("there is no worker to kill"));
    victim.getValue().kill();
    return victim.getKey();
  }

  @Override
  public void close() {
    closeAll(open);
  }

  private static void closeAll(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("demo: could not close: " + e.getMessage());
      }
    }
  }
}
