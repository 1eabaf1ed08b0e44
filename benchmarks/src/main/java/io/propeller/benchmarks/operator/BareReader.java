package io.propeller.benchmarks.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that only reads what an operator reads, and says so in a line. */
final class BareReader {

  private BareReader() {}

  /** Runs until it is told to end; the argument is the namespace. */
  public static void main(String[] arguments) throws InterruptedException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      for (Class<? extends HasMetadata> kind :
          List.of(
              Proplet.class,
              Task.class,
              PropellerJob.class,
              FederatedJob.class,
              TrainingRound.class)) {
        // Returns once it has read what there is.
        var unused = client.resources(kind).inNamespace(arguments[0]).inform();
      }
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }
}
