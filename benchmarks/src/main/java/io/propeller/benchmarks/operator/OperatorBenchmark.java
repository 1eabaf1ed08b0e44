package io.propeller.benchmarks.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Crds;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.benchmarks.Aim;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.testkit.kube.KubeControlPlane;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The whole system under load: devices that beat every ten seconds, and Tasks as fast as they go,
 * on a real API server with etcd and on Mosquitto, all on this machine. The operator is a process
 * of its own. The baseline is a bare program that makes the same writes.
 */
public final class OperatorBenchmark implements Benchmark {

  private static final double AIM_RATE = 5 * 35;
  private static final double AIM_CPU_MILLIS = 22 / 5.0;

  @Override
  public String name() {
    return "operator";
  }

  @Override
  public String description() {
    return "tasks a second on real servers with 100 and 1,000 devices, against a bare program with"
        + " the same writes";
  }

  @Override
  public double goal() {
    return 0.8;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    try (KubeControlPlane server = KubeControlPlane.start();
        Mosquitto broker = Mosquitto.start()) {
      server.install(Crds.kinds());
      double lowest = Double.MAX_VALUE;
      for (int devices : effort == Effort.QUICK ? List.of(100) : List.of(100, 1_000)) {
        lowest = Math.min(lowest, run(server, broker, devices, effort, out));
      }
      return lowest;
    }
  }

  private static double run(
      KubeControlPlane server, Mosquitto broker, int devices, Effort effort, PrintStream out)
      throws Exception {
    boolean quick = effort == Effort.QUICK;
    int tasks = quick ? 100 : 1_000;
    int rounds = quick ? 3 : 5;
    KubernetesClient client = server.client();
    String namespace = server.newNamespace();
    out.printf(Locale.ROOT, "%,d devices, rounds of %,d tasks%n", devices, tasks);
    try (OperatorProcess process =
            new OperatorProcess(server.kubeconfig(), broker.address(), namespace);
        OperatorContender operator =
            new OperatorContender(client, namespace, broker.address(), devices);
        Contender bare =
            new BareContender(client, server.newNamespace(), broker.address(), devices)) {
      bare.run(tasks);
      operator.run(tasks);
      operator.journeys().reset();
      long cpuBefore = process.cpu().toMillis();
      Turns.Rates rates = Turns.take(bare, operator, tasks, rounds, out);
      double cpuMillis = (process.cpu().toMillis() - cpuBefore) / (double) (tasks * rounds);
      double writes = operator.journeys().writes() / (double) (tasks * rounds);
      out.printf(
          Locale.ROOT,
          "from create to completed: p50 %.0f ms, p99 %.0f ms; %.2f writes a task%n",
          percentile(operator.journeys().nanos(), 0.5),
          percentile(operator.journeys().nanos(), 0.99),
          writes);
      Aim.atLeast(out, "tasks a second", rates.operator(), AIM_RATE);
      Aim.atMost(out, "CPU ms a task", cpuMillis, AIM_CPU_MILLIS);
      Aim.atMost(
          out, "writes a second when idle", idleWrites(client, namespace, quick ? 5 : 60), 0);
      return rates.ratio();
    }
  }

  private static double percentile(Collection<Long> nanos, double share) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
  }

  private static double idleWrites(KubernetesClient client, String namespace, int seconds)
      throws InterruptedException {
    // How many tasks a proplet has is written once a minute, so for so long after the last of them.
    TimeUnit.SECONDS.sleep(seconds);
    try (WriteCount proplets = WriteCount.of(client.resources(Proplet.class), namespace);
        WriteCount tasks = WriteCount.of(client.resources(Task.class), namespace)) {
      TimeUnit.SECONDS.sleep(seconds);
      return (proplets.count() + tasks.count()) / (double) seconds;
    }
  }
}
