package io.propeller.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/**
 * The account that the operator has in a cluster, with the rights that install.yaml gives it and no
 * others. All operators of the integration tests run under it: one that answers 403 to a verb asks
 * for it in {@code propeller-operator/src/install/rights.yaml}.
 */
final class OperatorAccount {

  static final String NAMESPACE = Installation.one(Namespace.class).getMetadata().getName();
  static final String NAME = Installation.one(ServiceAccount.class).getMetadata().getName();

  private static final long TOKEN_SECONDS = Duration.ofHours(12).toSeconds();

  /** One of each API server. */
  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  private OperatorAccount() {}

  /** Returns a client with the operator's rights in the namespace of one that has all. */
  static KubernetesClient client(KubernetesClient admin) {
    return ApiServerClient.builder(config(admin)).build();
  }

  /** Returns such a client, of which a test sees the requests before they are sent. */
  static KubernetesClient client(KubernetesClient admin, Interceptor interceptor) {
    return ApiServerClient.builder(config(admin))
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("test", interceptor))
        .build();
  }

  /** Writes a kubeconfig with the operator's rights, in the namespace of a client with all. */
  static Path kubeconfig(KubernetesClient admin, Path file) throws IOException {
    Config config = config(admin);
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: it, cluster: {server: "%s", certificate-authority: "%s"}}]
        users: [{name: operator, user: {token: "%s"}}]
        contexts: [{name: it, context: {cluster: it, user: operator, namespace: "%s"}}]
        current-context: it
        """
            .formatted(
                config.getMasterUrl(),
                config.getCaCertFile(),
                config.getOauthToken(),
                config.getNamespace()));
  }

  private static Config config(KubernetesClient admin) {
    Config all = admin.getConfiguration();
    String token = TOKENS.computeIfAbsent(all.getMasterUrl(), server -> token(admin));
    grantLease(admin);
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(all.getMasterUrl())
        .withCaCertFile(all.getCaCertFile())
        .withOauthToken(token)
        .withNamespace(admin.getNamespace())
        .build();
  }

  private static String token(KubernetesClient admin) {
    apply(
        admin, new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build());
    apply(admin, Installation.one(ServiceAccount.class));
    Installation.objects(ClusterRole.class).forEach(role -> apply(admin, role));
    Installation.objects(ClusterRoleBinding.class).forEach(binding -> apply(admin, binding));
    return admin
        .serviceAccounts()
        .inNamespace(NAMESPACE)
        .withName(NAME)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  /** Gives the rights of the operator's own namespace in the one that it has in this test. */
  private static void grantLease(KubernetesClient admin) {
    Role role = Installation.one(Role.class);
    RoleBinding binding = Installation.one(RoleBinding.class);
    role.getMetadata().setNamespace(admin.getNamespace());
    binding.getMetadata().setNamespace(admin.getNamespace());
    apply(admin, role);
    apply(admin, binding);
    // The server learns of roles by a watch of its own.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> mayLead(admin));
  }

  private static boolean mayLead(KubernetesClient admin) {
    return admin
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + NAMESPACE + ":" + NAME)
                .withNewResourceAttributes()
                .withNamespace(admin.getNamespace())
                .withGroup("coordination.k8s.io")
                .withResource("leases")
                .withVerb("get")
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  private static void apply(KubernetesClient admin, HasMetadata object) {
    admin.resource(object).forceConflicts().serverSideApply();
  }
}
