package io.propeller.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import org.junit.jupiter.api.Test;

@WithEmbeddedApiServer(install = {Proplet.class, Task.class})
class EmbeddedApiServerTest extends ApiServerContract {

  @Test
  void everyTestHasANamespaceOfItsOwn(EmbeddedApiServer server, KubernetesClient client) {
    assertThat(client.getNamespace()).startsWith("test-");
    assertThat(server.newNamespace()).isNotEqualTo(client.getNamespace());
  }
}
