package io.propeller.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.testkit.internal.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithKubeControlPlane(install = {Proplet.class, Task.class})
class KubeControlPlaneIT extends ApiServerContract {

  @Test
  void objectsSurviveAKillAndARestartOnTheSamePort(
      KubeControlPlane controlPlane, KubernetesClient client) {
    client.resource(configMap("kept")).create();
    String url = controlPlane.config().getMasterUrl();

    controlPlane.kill();
    controlPlane.restart();

    assertThat(controlPlane.config().getMasterUrl()).isEqualTo(url);
    assertThat(client.configMaps().withName("kept").get()).isNotNull();
  }

  @Test
  void everyTestHasANamespaceOfItsOwn(KubernetesClient client) {
    assertThat(client.getNamespace()).startsWith("test-");
    assertThat(client.configMaps().list().getItems())
        .extracting(map -> map.getMetadata().getName())
        .doesNotContain("kept");
  }

  @Test
  void aServiceAccountMayDoWhatItsRoleSaysAndNothingElse(
      KubeControlPlane controlPlane, KubernetesClient admin) {
    String namespace = admin.getNamespace();
    Config config = controlPlane.configOf(namespace, "reader");
    grantReadingOfConfigMaps(admin, "reader");
    try (KubernetesClient reader = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(reader.configMaps().withName("none").get()).isNull();
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> reader.resource(configMap("forbidden")).create())
          .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }
    Set<ApiRequest> both =
        Set.of(
            new ApiRequest("get", "", "configmaps", namespace, 404),
            new ApiRequest("create", "", "configmaps", namespace, 403));
    Await.until(
        Duration.ofSeconds(20),
        () -> controlPlane.requestsOf(namespace, "reader").equals(both),
        () -> "only these are noted: " + controlPlane.requestsOf(namespace, "reader"));
  }

  @Test
  void theKubeconfigFileIsGoodForOtherClients(KubeControlPlane controlPlane) {
    Path kubeconfig = controlPlane.kubeconfig();

    try (KubernetesClient other =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build()) {
      assertThat(other.getKubernetesVersion().getGitVersion()).startsWith("v1.");
    }
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static void grantReadingOfConfigMaps(KubernetesClient admin, String serviceAccount) {
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("reader")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("get")
                .endRule()
                .build())
        .create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("reader")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(serviceAccount)
                .withNamespace(admin.getNamespace())
                .endSubject()
                .build())
        .create();
  }
}
