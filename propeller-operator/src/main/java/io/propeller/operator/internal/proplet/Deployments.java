package io.propeller.operator.internal.proplet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.propeller.api.v1.Proplet;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.status.MergePatch;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the Deployments of Proplets as they should be. */
final class Deployments {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private @Nullable InformerEventSource<Deployment, Proplet> deployments;

  /** Returns what tells of Deployments that change; to be called once, before all else. */
  EventSource<Deployment, Proplet> eventSource(EventSourceContext<Proplet> context) {
    InformerEventSource<Deployment, Proplet> source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Deployment.class, Proplet.class)
                .withLabelSelector(PropletDeployment.PROPLET_LABEL)
                .withNamespacesInheritedFromController()
                .build(),
            context);
    deployments = source;
    return source;
  }

  /**
   * Makes the Deployment of a Proplet, or corrects what is ours of it.
   *
   * @return the Deployment as it is now
   * @throws IllegalArgumentException if there is one of that name which is somebody else's
   */
  Deployment keep(Proplet proplet, Context<Proplet> context) {
    Deployment wanted = PropletDeployment.of(proplet);
    Optional<Deployment> present = find(proplet);
    return present.isPresent()
        ? correct(present.get(), wanted, proplet, context.getClient())
        : create(wanted, proplet, context.getClient());
  }

  /** Deletes the Deployment of what is a device now. */
  void remove(Proplet proplet, Context<Proplet> context) {
    find(proplet)
        .filter(present -> Ownership.isOf(present, proplet))
        .ifPresent(
            present ->
                context
                    .getClient()
                    .resource(present)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete());
  }

  private Deployment create(Deployment wanted, Proplet proplet, KubernetesClient client) {
    try {
      return client.resource(wanted).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Made before and not yet in the cache, or without our label.
      return correct(client.resource(wanted).require(), wanted, proplet, client);
    }
  }

  private Deployment correct(
      Deployment present, Deployment wanted, Proplet proplet, KubernetesClient client) {
    if (!Ownership.isOf(present, proplet)) {
      throw new IllegalArgumentException(
          "the Deployment %s is there already and is not the proplet's"
              .formatted(present.getMetadata().getName()));
    }
    KubernetesSerialization json = client.getKubernetesSerialization();
    ObjectNode before = json.convertValue(present, ObjectNode.class);
    ObjectNode after = Overlay.lay(json.convertValue(wanted, ObjectNode.class), before);
    ObjectNode changes = MergePatch.between(before, after);
    if (changes.isEmpty()) {
      return present;
    }
    // Refused where somebody else was faster: then it is looked at again.
    changes
        .withObject("/metadata")
        .put("resourceVersion", present.getMetadata().getResourceVersion());
    return client.resource(present).patch(MERGE, changes.toString());
  }

  private Optional<Deployment> find(Proplet proplet) {
    return source()
        .get(new ResourceID(PropletDeployment.name(proplet), proplet.getMetadata().getNamespace()));
  }

  private InformerEventSource<Deployment, Proplet> source() {
    if (deployments == null) {
      throw new IllegalStateException("eventSource comes first");
    }
    return deployments;
  }
}
