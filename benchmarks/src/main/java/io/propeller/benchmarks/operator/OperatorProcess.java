package io.propeller.benchmarks.operator;

import io.propeller.mqtt.client.BrokerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator as a user runs it: a process of its own. */
final class OperatorProcess implements AutoCloseable {

  private final Process process;

  OperatorProcess(Path kubeconfig, BrokerAddress broker, String namespace) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlogback.configurationFile=benchmarks-logback.xml",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.propeller.operator.Main",
                    "--mqtt-address=" + broker.host() + ":" + broker.port(),
                    "--domain-id=benchmark",
                    "--channel-id=" + namespace,
                    "--client-id=operator-" + namespace,
                    "--watch-namespaces=" + namespace,
                    "--health-probe-bind-address=0",
                    "--metrics-bind-address=0",
                    "--coordinator-bind-address=0"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    process = builder.start();
  }

  /** Returns the CPU time that it has used. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
