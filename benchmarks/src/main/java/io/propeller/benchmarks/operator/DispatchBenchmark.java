package io.propeller.benchmarks.operator;

import io.propeller.api.v1.Crds;
import io.propeller.benchmarks.Benchmark;
import io.propeller.benchmarks.Effort;
import io.propeller.operator.OperatorOptions;
import io.propeller.operator.PropellerOperator;
import io.propeller.testkit.kube.EmbeddedApiServer;
import io.propeller.testkit.mqtt.EmbeddedBroker;
import java.io.PrintStream;

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
  @SuppressWarnings("try") // the operator works by itself
  public double run(Effort effort, PrintStream out) throws Exception {
    int tasks = effort == Effort.QUICK ? 500 : 2_000;
    int rounds = effort == Effort.QUICK ? 3 : 7;
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedApiServer server = EmbeddedApiServer.start()) {
      server.install(Crds.kinds());
      String namespace = server.newNamespace();
      OperatorOptions options =
          OperatorOptions.builder()
              .mqttAddress(broker.address())
              .channel(Devices.channel(namespace))
              .clientId("operator-" + namespace)
              .addWatchNamespaces(namespace)
              .build();
      try (Contender bare =
              new BareContender(server.client(), server.newNamespace(), broker.address(), 1);
          PropellerOperator running = PropellerOperator.start(server.client(), options);
          Contender operator =
              new OperatorContender(server.client(), namespace, broker.address(), 1)) {
        bare.run(tasks);
        operator.run(tasks);
        return Turns.take(bare, operator, tasks, rounds, out).ratio();
      }
    }
  }
}
