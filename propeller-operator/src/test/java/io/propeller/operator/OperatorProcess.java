package io.propeller.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.mqtt.client.BrokerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator's jar as a process of its own, which a test can kill. */
final class OperatorProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "propeller-operator.jar");

  private final Process process;

  private OperatorProcess(Process process) {
    this.process = process;
  }

  /** Starts one that serves the client's namespace, and its channel of the same name. */
  static OperatorProcess start(
      Path log, KubernetesClient client, BrokerAddress broker, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-jar",
            JAR.toString(),
            "--mqtt-address=" + broker.host() + ":" + broker.port(),
            "--domain-id=test",
            "--channel-id=" + client.getNamespace(),
            "--client-id=operator-" + client.getNamespace(),
            "--watch-namespaces=" + client.getNamespace(),
            "--health-probe-bind-address=0",
            "--metrics-bind-address=0",
            "--coordinator-bind-address=0"));
    command.addAll(List.of(flags));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Path kubeconfig = OperatorAccount.kubeconfig(client, log.resolveSibling("kubeconfig"));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    return new OperatorProcess(builder.start());
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Tells it to end, and returns when it has. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the operator did not end within 20 s");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
