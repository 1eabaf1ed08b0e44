package io.propeller.benchmarks.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Crds;
import io.propeller.benchmarks.Aim;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.testkit.kube.KubeControlPlane;
import io.propeller.testkit.mqtt.Mosquitto;
import io.propeller.testkit.proplet.SimulatedProplets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * How soon an operator of 1,000 Proplets is ready after its process has started, beside a program
 * that only reads them, and how much memory it has once it has heard all of them.
 */
public final class StartBenchmark implements Benchmark {

  private static final int DEVICES = 1_000;
  private static final double AIM_SECONDS = 3;
  private static final double AIM_MEBIBYTES = 200;

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String description() {
    return "how soon an operator of 1,000 Proplets is ready, against a program that reads them";
  }

  @Override
  public double goal() {
    return 0.4;
  }

  @Override
  @SuppressWarnings("try") // the first operator works by itself
  public double run(Effort effort, PrintStream out) throws Exception {
    int rounds = effort == Effort.QUICK ? 3 : 9;
    try (KubeControlPlane server = KubeControlPlane.start();
        Mosquitto broker = Mosquitto.start()) {
      server.install(Crds.kinds());
      KubernetesClient client = server.client();
      String namespace = server.newNamespace();
      try (SimulatedProplets devices = Devices.start(broker.address(), namespace, DEVICES)) {
        try (OperatorProcess first =
            new OperatorProcess(server.kubeconfig(), broker.address(), namespace)) {
          Devices.declare(client, namespace, devices);
        }
        double[] fresh = new double[rounds];
        double[] ours = new double[rounds];
        double[] bare = new double[rounds];
        double[] memory = new double[rounds];
        for (int round = 0; round < rounds; round++) {
          fresh[round] = seconds(server, broker, server.newNamespace(), heard -> {});
          bare[round] = bare(server, namespace);
          int present = round;
          ours[round] =
              seconds(
                  server,
                  broker,
                  namespace,
                  operator -> {
                    await(
                        operator.metrics(),
                        body -> body.contains("propeller_proplets_connected " + DEVICES));
                    memory[present] = operator.residentMebibytes();
                  });
        }
        out.printf(
            Locale.ROOT,
            "ready after %.2f s, of none after %.2f s; the program that reads after %.2f s%n",
            median(ours),
            median(fresh),
            median(bare));
        Aim.atMost(out, "seconds until ready", median(fresh), AIM_SECONDS);
        Aim.atMost(out, "seconds until ready of 1,000 Proplets", median(ours), AIM_SECONDS);
        Aim.atMost(out, "MiB with 1,000 Proplets", median(memory), AIM_MEBIBYTES);
        return median(bare) / median(ours);
      }
    }
  }

  /** What is to be seen of an operator once it is ready. */
  @FunctionalInterface
  private interface Look {
    void at(OperatorProcess operator) throws IOException, InterruptedException;
  }

  private double seconds(KubeControlPlane server, Mosquitto broker, String namespace, Look look)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (OperatorProcess operator =
        new OperatorProcess(
            server.kubeconfig(), broker.address(), namespace, address(), address())) {
      await(operator.readiness(), body -> true);
      double seconds = (System.nanoTime() - start) / 1e9;
      look.at(operator);
      return seconds;
    }
  }

  private static double bare(KubeControlPlane server, String namespace) throws IOException {
    long start = System.nanoTime();
    Process process =
        Jvm.start(
            server.kubeconfig(),
            ProcessBuilder.Redirect.PIPE,
            BareReader.class.getName(),
            namespace);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); !"ready".equals(line); line = lines.readLine()) {
        if (line == null) {
          throw new IOException("the program that reads has ended");
        }
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      Jvm.end(process);
    }
  }

  private void await(String url, Predicate<String> condition)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (System.nanoTime() < deadline) {
      try {
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 200 && condition.test(response.body())) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IOException(url + " did not say within a minute what it should");
  }

  private static String address() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
