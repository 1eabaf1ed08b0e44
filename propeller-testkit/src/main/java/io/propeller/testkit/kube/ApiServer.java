package io.propeller.testkit.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * A Kubernetes API server that belongs to this program and ends with it. Safe for use by any number
 * of threads, except that a server is started, stopped and closed by one.
 */
public sealed interface ApiServer extends AutoCloseable
    permits EmbeddedApiServer, KubeControlPlane {

  /** Returns the configuration of a client that may do everything. */
  Config config();

  /** Returns a client that may do everything; the server owns it and closes it. */
  KubernetesClient client();

  /** Makes a namespace that no other caller has, and returns its name. */
  String newNamespace();

  /**
   * Installs the definitions of custom resources and waits until the server serves them. What is
   * installed already is replaced.
   *
   * @param types classes whose definitions fabric8's CRD generator has put on the class path of the
   *     class, at {@code META-INF/fabric8/}
   * @throws IllegalArgumentException if there is no such definition
   */
  void install(List<Class<? extends HasMetadata>> types);

  /** Ends the server and deletes what it kept. */
  @Override
  void close();
}
