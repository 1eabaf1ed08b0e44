package io.propeller.operator.internal.status;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;

/**
 * Writes a status, if it differs from the one that was read, and only onto the very version that
 * was read: a change of phase that was decided on old news is refused by the API server with a
 * conflict.
 */
public final class StatusWriter {

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
    if (Objects.equals(wanted.getStatus(), read.getStatus())) {
      return read;
    }
    R written = context.getClient().resource(statusOnly(read, wanted.getStatus())).updateStatus();
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(ResourceID.fromResource(read), written, read);
    return written;
  }

  /** The API server takes all but the status from what it has, so nothing else is sent. */
  @SuppressWarnings("unchecked") // of the class of its original
  private static <S, R extends CustomResource<?, S>> R statusOnly(R read, S status) {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setName(read.getMetadata().getName());
    metadata.setNamespace(read.getMetadata().getNamespace());
    metadata.setResourceVersion(read.getMetadata().getResourceVersion());
    try {
      R sent = (R) read.getClass().getConstructor().newInstance();
      sent.setMetadata(metadata);
      sent.setSpec(null);
      sent.setStatus(status);
      return sent;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the client makes resources in the same way", e);
    }
  }
}
