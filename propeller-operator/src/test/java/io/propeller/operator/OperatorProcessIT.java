package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.PropletPhase;
import io.propeller.api.v1.PropletType;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's jar, started as a user starts it. */
@WithServers
class OperatorProcessIT {

  private static final Path JAR = Path.of("target", "propeller-operator.jar");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void it_serves_health_and_metrics_and_ends_when_it_is_told_to(
      KubernetesClient client, Mosquitto broker) throws Exception {
    int health = freePort();
    int metrics = freePort();
    Process operator =
        start(
            client,
            "--mqtt-address=" + broker.address().host() + ":" + broker.address().port(),
            "--domain-id=test",
            "--channel-id=" + client.getNamespace(),
            "--client-id=operator-" + client.getNamespace(),
            "--watch-namespaces=" + client.getNamespace(),
            "--health-probe-bind-address=127.0.0.1:" + health,
            "--metrics-bind-address=127.0.0.1:" + metrics,
            "--coordinator-bind-address=0");

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(get(health, "/readyz").statusCode()).isEqualTo(200));
    assertThat(get(health, "/livez").body()).isEqualTo("ok");
    assertThat(get(health, "/readyz?verbose").body())
        .isEqualTo("[+]access ok\n[+]informers ok\n[+]broker ok\n");
    assertThat(get(metrics, "/metrics").body()).contains("jvm_memory_used_bytes");

    client.resource(proplet(client.getNamespace())).create();
    try (ScriptedProplet edge =
        new ScriptedProplet(
            broker.address(), Channel.of("test", client.getNamespace()), client.getNamespace())) {
      edge.aliveUntil(
          () -> {
            Proplet proplet = client.resources(Proplet.class).withName("edge").get();
            return proplet.getStatus() != null
                && proplet.getStatus().getPhase() == PropletPhase.RUNNING;
          });
    }

    operator.destroy();
    assertThat(operator.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_command_line_that_lacks_something_is_one_line_and_exit_code_2(KubernetesClient client)
      throws Exception {
    Process operator = start(client, "--mqtt-address=localhost:1883", "--domain-id=d");

    assertThat(operator.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(operator.exitValue()).isEqualTo(2);
    assertThat(said()).contains("--channel-id").hasLineCount(1);
  }

  private Process start(KubernetesClient client, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(flags));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("operator.log").toFile());
    Path kubeconfig = OperatorAccount.kubeconfig(client, folder.resolve("kubeconfig"));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("operator.log"));
  }

  private static Proplet proplet(String identity) {
    return new PropletBuilder()
        .withNewMetadata()
        .withName("edge")
        .endMetadata()
        .withNewSpec()
        .withType(PropletType.EXTERNAL)
        .withNewConnectionConfig()
        .withMqttAddress("tcp://unused:1883")
        .withDomainId("test")
        .withChannelId(identity)
        .withClientId(identity)
        .withClientKey("not-a-real-key")
        .endConnectionConfig()
        .endSpec()
        .build();
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
