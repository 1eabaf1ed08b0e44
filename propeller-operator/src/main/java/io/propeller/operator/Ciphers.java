package io.propeller.operator;

/** What the connections to the API server are encrypted with. */
final class Ciphers {

  private static final String PROPERTY = "jdk.tls.client.cipherSuites";

  /**
   * Those of today, the quickest first for the quick compiler that the image runs with: it has no
   * instructions for AES, with which it spent a fifth of the operator's time.
   */
  private static final String SUITES =
      String.join(
          ",",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

  private Ciphers() {}

  /** Prefers them in this JVM, unless it was told otherwise; before its first connection. */
  static void prefer() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, SUITES);
    }
  }
}
