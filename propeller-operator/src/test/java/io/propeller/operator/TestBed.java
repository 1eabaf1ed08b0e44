package io.propeller.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.testkit.mqtt.Mosquitto;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** One test's own namespace and channel, what is made in them, and an operator that serves them. */
final class TestBed extends Fixtures implements AutoCloseable {

  private final KubernetesClient account;
  private PropellerOperator operator;

  /** Starts an operator, with options beyond those that every test needs. */
  TestBed(KubernetesClient client, Mosquitto broker, UnaryOperator<OperatorOptions.Builder> options)
      throws IOException {
    super(client, broker);
    this.account = OperatorAccount.client(client);
    this.operator = operator(options);
  }

  /** Ends the operator and starts another one. */
  void restart(UnaryOperator<OperatorOptions.Builder> options) throws IOException {
    operator.close();
    operator = operator(options);
  }

  /** Ends the operator. */
  void stop() {
    operator.close();
  }

  private PropellerOperator operator(UnaryOperator<OperatorOptions.Builder> options)
      throws IOException {
    return PropellerOperator.start(account, options.apply(options()).build());
  }

  @Override
  public void close() {
    operator.close();
    account.close();
  }
}
