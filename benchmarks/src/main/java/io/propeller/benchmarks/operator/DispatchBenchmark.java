package io.propeller.benchmarks.operator;

import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.testkit.kube.EmbeddedApiServer;
import io.propeller.testkit.mqtt.EmbeddedBroker;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tasks a second through the operator, on the embedded servers, against a bare loop that makes the
 * same writes and publishes. The two take turns, each in a namespace of its own.
 */
public final class DispatchBenchmark implements Benchmark {

  @Override
  public String name() {
    return "dispatch";
  }

  @Override
  public String description() {
    return "tasks a second from creation to outcome, against a bare loop with the same writes";
  }

  @Override
  public double goal() {
    return 0.6;
  }

  @Override
  public double run(Effort effort, PrintStream out) throws Exception {
    int tasks = effort == Effort.QUICK ? 500 : 2_000;
    int rounds = effort == Effort.QUICK ? 3 : 7;
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedApiServer server = EmbeddedApiServer.start()) {
      server.install(List.of(Proplet.class, Task.class));
      try (Contender bare =
              new BareContender(server.client(), server.newNamespace(), broker.address());
          Contender operator =
              new OperatorContender(server.client(), server.newNamespace(), broker.address())) {
        List<Double> bareRates = new ArrayList<>();
        List<Double> operatorRates = new ArrayList<>();
        rate(bare, tasks);
        rate(operator, tasks);
        for (int round = 1; round <= rounds; round++) {
          bareRates.add(rate(bare, tasks));
          operatorRates.add(rate(operator, tasks));
          out.printf(
              Locale.ROOT,
              "round %d: bare loop %.0f, operator %.0f tasks/s%n",
              round,
              bareRates.get(round - 1),
              operatorRates.get(round - 1));
        }
        return median(operatorRates) / median(bareRates);
      }
    }
  }

  private static double rate(Contender contender, int tasks) throws InterruptedException {
    long start = System.nanoTime();
    contender.run(tasks);
    return tasks * 1e9 / (System.nanoTime() - start);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
