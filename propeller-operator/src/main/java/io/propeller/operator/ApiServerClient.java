package io.propeller.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.api.v1.Crds;
import java.net.http.HttpClient;
import java.util.concurrent.ForkJoinPool;

/** How the operator speaks with the API server. */
final class ApiServerClient {

  private ApiServerClient() {}

  /**
   * Returns a builder of clients for an operator. They read nothing of who manages which field:
   * that is most of a small resource, the operator has no use for it, and its caches would keep it
   * of each. They know the kinds of this project, so that what a watch brings is read at once as
   * what it is. They work on few threads.
   */
  static KubernetesClientBuilder builder(Config config) {
    ObjectMapper json = new ObjectMapper();
    json.configOverride(ObjectMeta.class)
        .setIgnorals(JsonIgnoreProperties.Value.forIgnoredProperties("managedFields"));
    KubernetesSerialization serialization = new KubernetesSerialization(json, true);
    Crds.kinds().forEach(serialization::registerKubernetesResource);
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new FewThreads())
        .withConfig(config)
        .withKubernetesSerialization(serialization);
  }

  /**
   * The JDK's client hands each step of a message on to its executor, and a pool that grows at need
   * wakes another thread for each.
   */
  private static final class FewThreads extends JdkHttpClientFactory {

    private static final int THREADS = 2;

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
      builder.executor(
          new ForkJoinPool(
              THREADS,
              ForkJoinPool.defaultForkJoinWorkerThreadFactory,
              null,
              /* asyncMode= */ true));
    }
  }
}
