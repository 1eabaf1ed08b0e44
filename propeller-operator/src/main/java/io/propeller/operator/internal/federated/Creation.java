package io.propeller.operator.internal.federated;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Creates what may have been created before. */
final class Creation {

  private Creation() {}

  /**
   * Creates a resource, and returns it; or the one of its name that is there already, whosever it
   * is.
   *
   * @throws KubernetesClientException if the API server does not take it
   */
  static <R extends HasMetadata> R createOrFind(R resource, KubernetesClient client) {
    try {
      return client.resource(resource).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      R there = client.resource(resource).get();
      if (there == null) {
        throw e;
      }
      return there;
    }
  }
}
