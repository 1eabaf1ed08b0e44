package io.propeller.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretKeySelector;
import org.junit.jupiter.api.Test;

class ConnectionConfigTest {

  private static final SecretKeySelector SECRET = new SecretKeySelector("key", "credentials", null);

  @Test
  void eitherNameWillDo() {
    ConnectionConfig first =
        new ConnectionConfigBuilder()
            .withDomainId("d")
            .withClientId("c")
            .withClientKey("k")
            .build();
    ConnectionConfig other =
        new ConnectionConfigBuilder().withTenantId("d").withEntityId("c").withApiKey("k").build();

    assertThat(other.domain()).isEqualTo(first.domain()).isEqualTo("d");
    assertThat(other.identity()).isEqualTo(first.identity()).isEqualTo("c");
    assertThat(other.key()).isEqualTo(first.key()).isEqualTo("k");
  }

  @Test
  void anEmptyKeyBesideASecretIsNoKey() {
    ConnectionConfig config =
        new ConnectionConfigBuilder().withClientKey("").withApiKeySecretRef(SECRET).build();

    assertThat(config.key()).isNull();
    assertThat(config.keySecretRef()).isEqualTo(SECRET);
  }

  @Test
  void keysAreNotInItsText() {
    Proplet proplet =
        new PropletBuilder()
            .withNewSpec()
            .withNewConnectionConfig()
            .withClientKey("secret1")
            .withApiKey("secret2")
            .endConnectionConfig()
            .withNewK8s()
            .withNewEnv()
            .withMqttTlsClientKey("secret3")
            .endEnv()
            .endK8s()
            .endSpec()
            .build();

    assertThat(proplet.toString()).contains("connectionConfig").doesNotContain("secret");
  }
}
