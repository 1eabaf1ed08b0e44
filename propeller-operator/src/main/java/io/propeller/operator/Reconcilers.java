package io.propeller.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.propeller.operator.internal.resources.BuilderCloner;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The reconcilers at work, on the resources of some namespaces. */
final class Reconcilers {

  private static final int THREADS = 16;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final GenericRetry RETRY =
      new GenericRetry()
          .setInitialInterval(200)
          .setIntervalMultiplier(2)
          .setMaxInterval(30_000)
          .withoutMaxAttempts();

  private final Set<String> namespaces;
  private final Operator operator;
  private volatile boolean synced;

  /** Makes one that serves nothing yet; without namespaces, it will serve all. */
  Reconcilers(KubernetesClient client, Set<String> namespaces) {
    this.namespaces = namespaces;
    this.operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(true)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withResourceCloner(new BuilderCloner(client.getKubernetesSerialization()))
                    .withConcurrentReconciliationThreads(THREADS)
                    .withReconciliationTerminationTimeout(STOP_WITHIN));
  }

  /** Adds a reconciler. */
  <R extends HasMetadata> void add(Reconciler<R> reconciler) {
    operator.register(reconciler, this::served);
  }

  /** Adds one that is called for every event, also of a resource that is gone. */
  <R extends HasMetadata> void addForAllEvents(Reconciler<R> reconciler) {
    operator.register(
        reconciler, controller -> served(controller).withTriggerReconcilerOnAllEvents(true));
  }

  private <R extends HasMetadata> ControllerConfigurationOverrider<R> served(
      ControllerConfigurationOverrider<R> controller) {
    if (!namespaces.isEmpty()) {
      controller.settingNamespaces(namespaces);
    }
    return controller.withRetry(RETRY);
  }

  /** Starts them; returns when they have read what there is. */
  void start() {
    operator.start();
    synced = true;
  }

  /** Says what is wrong with what they read from. */
  Optional<String> problem() {
    if (!synced) {
      return Optional.of("not synced");
    }
    return operator.getRuntimeInfo().allEventSourcesAreHealthy()
        ? Optional.empty()
        : Optional.of("an informer has stopped");
  }

  /** Stops them, and waits for a while until what they are at is done. */
  void stop() {
    operator.stop();
  }
}
