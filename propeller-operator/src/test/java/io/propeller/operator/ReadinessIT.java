package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.propeller.mqtt.client.BrokerAddress;
import io.propeller.mqtt.client.Secret;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.kube.KubeControlPlane;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator that lacks something stays up, is not ready, and says why. */
@WithServers
class ReadinessIT {

  private static final String UID = "00000000-0000-0000-0000-000000000001";

  @TempDir Path folder;
  private KubernetesClient client;
  private Mosquitto broker;
  private KubernetesClient account;
  private @Nullable PropellerOperator leader;
  private PropellerOperator operator;
  private int health;

  @BeforeEach
  void useTheAccount(KubernetesClient client, Mosquitto broker) {
    this.client = client;
    this.broker = broker;
    this.account = OperatorAccount.client(client);
  }

  @AfterEach
  void close() {
    if (leader != null) {
      leader.close();
    }
    operator.close();
    account.close();
  }

  @Test
  void a_broker_that_is_not_there() throws Exception {
    int nobody = freePort();
    start(options(new BrokerAddress("127.0.0.1", nobody, false, null)));

    awaitUnready("broker: 127.0.0.1:" + nobody + ": Connection refused");
    assertThat(get("/readyz?verbose").body()).contains("[+]access ok\n", "[+]informers ok\n");
  }

  @Test
  void a_wrong_password_and_then_the_right_one() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "wrong\n");
    Path users = users("right");
    try (Mosquitto guarded =
        Mosquitto.start(List.of("allow_anonymous false", "password_file " + users))) {
      start(options(guarded.address()).clientKey(Secret.file(password)));
      awaitUnready("broker: 127.0.0.1:" + guarded.address().port() + ": ", "NOT_AUTHORIZED");

      Files.writeString(password, "right\n");
      awaitReady();
    }
  }

  @Test
  void a_secret_that_is_missing_and_comes() throws Exception {
    Path password = folder.resolve("client-key");
    start(options(broker.address()).clientKey(Secret.file(password)));
    awaitUnready("broker: ", "the file " + password + " of a secret cannot be read: NoSuchFile");

    Files.writeString(password, "any");
    awaitReady();
  }

  @Test
  void a_namespace_without_rights_which_it_then_gets(KubeControlPlane server) throws Exception {
    account.close();
    account =
        new KubernetesClientBuilder()
            .withConfig(server.configOf(client.getNamespace(), "stranger"))
            .build();
    start(options(broker.address()));

    awaitReadyz(
        503,
        "[-]access: proplets.propeller.propeller.abstractmachines.fr is forbidden",
        "in the namespace \"" + client.getNamespace() + "\"");
    assertThat(get("/livez").statusCode()).isEqualTo(200);

    grant("stranger");
    awaitReadyz(200, "[+]access ok\n[+]informers ok\n[+]broker ok\n");
  }

  @Test
  void who_stands_by_is_ready_without_a_broker() throws Exception {
    OperatorOptions.Builder options = options(broker.address());
    options.leaderElect(true).healthProbeBindAddress(Optional.empty());
    leader = PropellerOperator.start(account, options.build());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> client.leases().withName("propeller-operator").get() != null);
    start(
        options(new BrokerAddress("127.0.0.1", freePort(), false, null))
            .leaderElect(true)
            .podName("second"));

    awaitReadyz(200, "[+]access ok\n[+]standby ok\n");
    leader.close();
    leader = null;
    awaitReadyz(503, "[-]broker: ");
    assertThat(client.leases().withName("propeller-operator").get().getSpec().getHolderIdentity())
        .startsWith("second_");
  }

  private OperatorOptions.Builder options(BrokerAddress address) throws IOException {
    health = freePort();
    OperatorOptions.Builder options = OperatorOptions.builder();
    options
        .mqttAddress(address)
        .channel(Channel.of("test", client.getNamespace()))
        .clientId("operator-" + client.getNamespace())
        .addWatchNamespaces(client.getNamespace())
        .podName("operator-0")
        .podUid(UID)
        .healthProbeBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), health));
    return options;
  }

  private void start(OperatorOptions.Builder options) throws IOException {
    operator = PropellerOperator.start(account, options.build());
  }

  /** Returns when the operator says that it is not ready, in each of the places. */
  private void awaitUnready(String... words) throws Exception {
    awaitReadyz(503, words);
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(client.v1().events().list().getItems())
                    .filteredOn(event -> UID.equals(event.getInvolvedObject().getUid()))
                    .filteredOn(event -> "NotReady".equals(event.getReason()))
                    .extracting(Event::getMessage)
                    .anySatisfy(message -> assertThat(message).contains(words)));
  }

  private void awaitReady() {
    awaitReadyz(200, "[+]broker ok\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(client.v1().events().list().getItems())
                    .extracting(Event::getReason)
                    .contains("Ready"));
  }

  private void awaitReadyz(int status, String... words) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = get("/readyz?verbose");
              assertThat(answer.body()).contains(words);
              assertThat(answer.statusCode()).isEqualTo(status);
            });
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + health + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Binds the role of install.yaml in the test's namespace, as its comment says. */
  private void grant(String serviceAccount) {
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("operator")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "propeller-operator")
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(serviceAccount)
                .withNamespace(client.getNamespace())
                .endSubject()
                .build())
        .create();
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(client.getNamespace())
                .endMetadata()
                .withNewRoleRef(
                    "rbac.authorization.k8s.io", "ClusterRole", "propeller-operator-definitions")
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(serviceAccount)
                .withNamespace(client.getNamespace())
                .endSubject()
                .build())
        .create();
  }

  private Path users(String password) throws IOException, InterruptedException {
    Path file = folder.resolve("users");
    Process process =
        new ProcessBuilder(
                "mosquitto_passwd",
                "-b",
                "-c",
                file.toString(),
                "operator-" + client.getNamespace(),
                password)
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    return file;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
