package io.propeller.benchmarks.operator;

import io.propeller.mqtt.client.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The operator as a user runs it: a process of its own. */
final class OperatorProcess implements AutoCloseable {

  private final Process process;
  private final String health;
  private final String metrics;

  /** Starts it where nobody asks how it is. */
  OperatorProcess(Path kubeconfig, BrokerAddress broker, String namespace) throws IOException {
    this(kubeconfig, broker, namespace, "0", "0");
  }

  /** Starts it, to be asked at these addresses whether it is ready and for its metrics. */
  OperatorProcess(
      Path kubeconfig, BrokerAddress broker, String namespace, String health, String metrics)
      throws IOException {
    this.health = health;
    this.metrics = metrics;
    process =
        Jvm.start(
            kubeconfig,
            ProcessBuilder.Redirect.DISCARD,
            "io.propeller.operator.Main",
            "--mqtt-address=" + broker.host() + ":" + broker.port(),
            "--domain-id=benchmark",
            "--channel-id=" + namespace,
            "--client-id=operator-" + namespace,
            "--watch-namespaces=" + namespace,
            "--health-probe-bind-address=" + health,
            "--metrics-bind-address=" + metrics,
            "--coordinator-bind-address=0");
  }

  /** Returns the CPU time that it has used. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** Returns where it says whether it is ready. */
  String readiness() {
    return "http://" + health + "/readyz";
  }

  /** Returns where its metrics are. */
  String metrics() {
    return "http://" + metrics + "/metrics";
  }

  /** Returns how many MiB of memory it has, as the kernel counts them. */
  double residentMebibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    }
  }

  @Override
  public void close() {
    Jvm.end(process);
  }
}
