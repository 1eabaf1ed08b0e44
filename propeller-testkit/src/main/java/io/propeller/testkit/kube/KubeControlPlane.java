package io.propeller.testkit.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.propeller.testkit.internal.Folders;
import io.propeller.testkit.internal.Ports;
import io.propeller.testkit.internal.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A real kube-apiserver on a real etcd, without nodes or controllers: objects are stored,
 * validated, watched and guarded by RBAC, and nothing acts on them but the program under test. A
 * namespace can be made; deleting one never ends, since that is a controller's work.
 *
 * <p>Both listen on 127.0.0.1 alone and end with this JVM, whichever way it ends. {@link #kill} and
 * {@link #restart} keep the data, the ports, the certificate and all tokens, so clients see what
 * they would see of a server that crashed and came back. Needs a POSIX {@code sh}.
 */
public final class KubeControlPlane implements ApiServer {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration ESTABLISH_LIMIT = Duration.ofSeconds(20);
  private static final long TOKEN_SECONDS = TimeUnit.HOURS.toSeconds(12);

  private final Path binaries;
  private final Path folder;
  private final String adminToken;
  private final int etcdPort = Ports.free();
  private final int etcdPeerPort = Ports.free();
  private final int securePort = Ports.free();
  private ServerProcess etcd;
  private ServerProcess server;
  private final KubernetesClient client;

  private KubeControlPlane(KubeBinaries.Found binaries) {
    this.binaries = binaries.folder();
    this.folder = Folders.temporary("kube");
    this.adminToken = UUID.randomUUID().toString();
    writeSecrets();
    this.etcd = startEtcd();
    this.server = startServer();
    try {
      awaitReady();
      this.client = new KubernetesClientBuilder().withConfig(config()).build();
    } catch (RuntimeException e) {
      endProcesses();
      throw e;
    }
  }

  /**
   * Starts a control plane from the programs that {@link KubeBinaries#find()} finds, and returns
   * when it is ready, which takes about three seconds.
   *
   * @throws IllegalStateException if there are no programs, saying how to get them, or if they do
   *     not become ready, with the end of their log
   */
  public static KubeControlPlane start() {
    KubeBinaries binaries = KubeBinaries.find();
    if (binaries instanceof KubeBinaries.Found found) {
      return start(found);
    }
    throw new IllegalStateException(((KubeBinaries.Missing) binaries).remedy());
  }

  /**
   * Starts a control plane from the given programs and returns when it is ready.
   *
   * @throws IllegalStateException if they do not become ready, with the end of their log
   */
  public static KubeControlPlane start(KubeBinaries.Found binaries) {
    return new KubeControlPlane(binaries);
  }

  @Override
  public Config config() {
    return config(adminToken);
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  /**
   * Returns the configuration of a client that has the rights of a service account, which is made
   * if there is none. What it may do is for Roles and ClusterRoles to say; without any, nothing.
   * Its token is good for twelve hours.
   */
  public Config configOf(String namespace, String serviceAccount) {
    client
        .serviceAccounts()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(serviceAccount)
                .endMetadata()
                .build())
        .serverSideApply();
    TokenRequest token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(TOKEN_SECONDS)
                    .endSpec()
                    .build());
    Config config = config(token.getStatus().getToken());
    config.setNamespace(namespace);
    return config;
  }

  /**
   * Returns what a service account has asked of this server, granted or not, without repeats. An
   * answer may take some milliseconds to be there.
   */
  public Set<ApiRequest> requestsOf(String namespace, String serviceAccount) {
    return new AuditLog(folder.resolve("audit.log"))
        .requestsOf("system:serviceaccount:" + namespace + ":" + serviceAccount);
  }

  /** Writes a kubeconfig file with all rights, for {@code kubectl --kubeconfig}, and returns it. */
  public Path kubeconfig() {
    return write(
        "kubeconfig",
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: testkit
          cluster:
            server: %s
            certificate-authority: %s
        users:
        - name: admin
          user:
            token: %s
        contexts:
        - name: testkit
          context:
            cluster: testkit
            user: admin
        current-context: testkit
        """
            .formatted(url(), certificate(), adminToken));
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
    List<CustomResourceDefinition> definitions =
        types.stream()
            .map(Definitions::of)
            .map(definition -> client.resource(definition).forceConflicts().serverSideApply())
            .toList();
    for (CustomResourceDefinition definition : definitions) {
      client
          .resource(definition)
          .waitUntilCondition(
              KubeControlPlane::isEstablished, ESTABLISH_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /**
   * Kills both servers with SIGKILL, as a power failure would. Does nothing to one that is dead.
   */
  public void kill() {
    server.kill();
    etcd.kill();
  }

  /**
   * Starts the servers again after {@link #kill}, over the same data and on the same ports, and
   * returns when they are ready.
   *
   * @throws IllegalStateException if they run, or do not become ready, with the end of their log
   */
  public void restart() {
    if (server.isAlive() || etcd.isAlive()) {
      throw new IllegalStateException("the control plane runs: kill() it before restart()");
    }
    etcd = startEtcd();
    server = startServer();
    awaitReady();
  }

  @Override
  public void close() {
    client.close();
    endProcesses();
  }

  private void endProcesses() {
    server.close();
    etcd.close();
    Folders.delete(folder);
  }

  private Config config(String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url())
        .withOauthToken(token)
        .withCaCertFile(certificate().toString())
        .build();
  }

  private String url() {
    return "https://127.0.0.1:" + securePort;
  }

  private String etcdUrl() {
    return "http://127.0.0.1:" + etcdPort;
  }

  private Path certificate() {
    return folder.resolve("certs/apiserver.crt");
  }

  private ServerProcess startEtcd() {
    String peerUrl = "http://127.0.0.1:" + etcdPeerPort;
    return ServerProcess.start(
        "etcd",
        folder,
        List.of(
            binaries.resolve("etcd").toString(),
            "--data-dir=" + folder.resolve("etcd"),
            "--listen-client-urls=" + etcdUrl(),
            "--advertise-client-urls=" + etcdUrl(),
            "--listen-peer-urls=" + peerUrl,
            "--initial-advertise-peer-urls=" + peerUrl,
            "--initial-cluster=default=" + peerUrl,
            // A process that dies loses nothing by this; only the machine could.
            "--unsafe-no-fsync",
            "--log-level=warn"));
  }

  private ServerProcess startServer() {
    Path key = folder.resolve("sa.key");
    return ServerProcess.start(
        "kube-apiserver",
        folder,
        List.of(
            binaries.resolve("kube-apiserver").toString(),
            "--etcd-servers=" + etcdUrl(),
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--secure-port=" + securePort,
            "--cert-dir=" + folder.resolve("certs"),
            "--token-auth-file=" + folder.resolve("tokens.csv"),
            "--service-account-key-file=" + key,
            "--service-account-signing-key-file=" + key,
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--authorization-mode=RBAC",
            "--audit-policy-file=" + folder.resolve("audit.yaml"),
            "--audit-log-path=" + folder.resolve("audit.log"),
            "--audit-log-maxsize=" + Integer.MAX_VALUE,
            "--allow-privileged"));
  }

  private void writeSecrets() {
    write("audit.yaml", AuditLog.POLICY);
    write("tokens.csv", adminToken + ",admin,admin,\"system:masters\"\n");
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
      write(
          "sa.key",
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key)
              + "\n-----END PRIVATE KEY-----\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  private Path write(String file, String content) {
    try {
      return Files.writeString(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    server.awaitReady(START_LIMIT, () -> Files.exists(certificate()));
    Config impatient = config();
    impatient.setRequestRetryBackoffLimit(0);
    impatient.setConnectionTimeout(1_000);
    try (KubernetesClient probe = new KubernetesClientBuilder().withConfig(impatient).build()) {
      server.awaitReady(START_LIMIT, () -> isReady(probe));
    }
  }

  private static boolean isReady(KubernetesClient probe) {
    try {
      // The server is ready some time before it has made the namespace that clients rely on.
      return "ok".equals(probe.raw("/readyz"))
          && probe.namespaces().withName("default").get() != null;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
  }
}
