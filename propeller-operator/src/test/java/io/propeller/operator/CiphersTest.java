package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CiphersTest {

  private static final String PROPERTY = "jdk.tls.client.cipherSuites";

  private String before;

  @BeforeEach
  void remember() {
    before = System.clearProperty(PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  /** The JVM passes over a name that it does not know, and says nothing. */
  @Test
  void the_jvm_knows_them_all() throws Exception {
    Ciphers.prefer();

    assertThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
        .containsAll(List.of(System.getProperty(PROPERTY).split(",")));
  }

  @Test
  void what_the_jvm_was_told_stays() {
    System.setProperty(PROPERTY, "TLS_AES_256_GCM_SHA384");

    Ciphers.prefer();

    assertThat(System.getProperty(PROPERTY)).isEqualTo("TLS_AES_256_GCM_SHA384");
  }
}
