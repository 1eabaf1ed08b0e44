package io.propeller.operator.internal.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;

/**
 * Writes a status, if it differs from the one that was read, and only onto the very version that
 * was read: a change of phase that was decided on old news is refused by the API server with a
 * conflict.
 */
public final class StatusWriter {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private StatusWriter() {}

  /**
   * Writes the status of {@code wanted}.
   *
   * @param read the resource as it was read
   * @param wanted a copy of it with another status
   * @return the resource as it is now, which whoever reads the cache of the reconciler sees from
   *     now on; {@code read} where nothing differs
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses; with
   *     code 409 where the resource has changed since
   */
  public static <S, R extends CustomResource<?, S>> R write(R read, R wanted, Context<R> context) {
    KubernetesClient client = context.getClient();
    KubernetesSerialization json = client.getKubernetesSerialization();
    ObjectNode changes =
        MergePatch.between(
            tree(json, read.getStatus()), (ObjectNode) tree(json, wanted.getStatus()));
    if (changes.isEmpty()) {
      return read;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", read.getMetadata().getResourceVersion());
    patch.set("status", changes);
    R written =
        client.resource(nameOnly(read, json)).subresource("status").patch(MERGE, patch.toString());
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(ResourceID.fromResource(read), written, read);
    return written;
  }

  /** The client copies what it is given by way of JSON, and needs no more of it than its name. */
  @SuppressWarnings("unchecked") // of the class of its original
  private static <R extends CustomResource<?, ?>> R nameOnly(R read, KubernetesSerialization json) {
    Map<String, String> name =
        Map.of(
            "name", read.getMetadata().getName(), "namespace", read.getMetadata().getNamespace());
    return (R) json.convertValue(Map.of("metadata", name), read.getClass());
  }

  private static JsonNode tree(KubernetesSerialization json, Object status) {
    JsonNode tree = json.convertValue(status, JsonNode.class);
    return tree instanceof ObjectNode ? tree : JsonNodeFactory.instance.objectNode();
  }
}
