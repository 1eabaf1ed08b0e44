package io.propeller.testkit.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An API server inside this JVM, for demonstrations and fast tests: fabric8's mock server, which
 * keeps objects in memory and sends watch events, and in front of it the checks of custom resources
 * that a real server makes. It refuses what a definition's schema does not allow, with a real
 * server's messages, fills in defaults, drops unknown fields, keeps status apart, and refuses stale
 * resource versions.
 *
 * <p>It has no access control, no limits on size, no discovery (so no {@code kubectl}), and of
 * server-side apply only the merge, not the ownership of fields. What rests on those needs a {@link
 * KubeControlPlane}.
 */
public final class EmbeddedApiServer implements ApiServer {

  // The mock says each request that it answers; kept here, since a logger that nobody holds is
  // forgotten with its level.
  private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private EmbeddedApiServer() {
    if (MOCK_LOG.getLevel() == null) {
      MOCK_LOG.setLevel(Level.WARNING);
    }
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new AdmittingDispatcher(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    client = server.createClient();
  }

  /** Starts a server, on a free port of 127.0.0.1. */
  public static EmbeddedApiServer start() {
    return new EmbeddedApiServer();
  }

  @Override
  public Config config() {
    return client.getConfiguration();
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String newNamespace() {
    return client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("test-")
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  @Override
  public void install(List<Class<? extends HasMetadata>> types) {
    for (Class<? extends HasMetadata> type : types) {
      CustomResourceDefinition definition = Definitions.of(type);
      client.resource(definition).createOr(NonDeletingOperation::update);
    }
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
