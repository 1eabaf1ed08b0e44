package io.propeller.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.operator.internal.cli.OperatorCommand;

/** Runs an operator from the command line, on the cluster of the kubeconfig or of its own pod. */
public final class Main {

  private Main() {}

  /** Runs until the JVM is told to end, or the operator cannot go on; see {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(OperatorCommand.execute(arguments, System.getenv(), Main::run));
  }

  private static int run(OperatorOptions options) throws Exception {
    Ciphers.prefer();
    try (KubernetesClient client = ApiServerClient.builder(Config.autoConfigure(null)).build();
        PropellerOperator operator = PropellerOperator.start(client, options)) {
      Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "shutdown"));
      throw new IllegalStateException(operator.ended().toCompletableFuture().get());
    }
  }
}
