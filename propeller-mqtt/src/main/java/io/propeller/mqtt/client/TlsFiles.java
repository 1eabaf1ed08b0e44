package io.propeller.mqtt.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys from their files. */
final class TlsFiles {

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private final TlsOptions options;

  TlsFiles(TlsOptions options) {
    this.options = options;
  }

  /** Returns whom to trust; null for the authorities of the Java runtime. */
  @Nullable TrustManagerFactory trust() throws IOException, GeneralSecurityException {
    Optional<Path> file = options.caCertificates();
    if (file.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    int count = 0;
    for (Certificate certificate : certificates(file.get())) {
      store.setCertificateEntry("ca-" + count++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  /** Returns the client's own identity; null for none. */
  @Nullable KeyManagerFactory identity() throws IOException, GeneralSecurityException {
    Optional<Path> certificate = options.certificate();
    Optional<Path> key = options.key();
    if (certificate.isEmpty() || key.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client",
        privateKey(key.get()),
        new char[0],
        certificates(certificate.get()).toArray(Certificate[]::new));
    KeyManagerFactory identity =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(store, new char[0]);
    return identity;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException(file + " holds no certificate");
      }
      return certificates;
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file);
    int from = pem.indexOf("-----BEGIN PRIVATE KEY-----");
    int to = pem.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new GeneralSecurityException(
          file + " holds no key as unencrypted PKCS#8, which starts with BEGIN PRIVATE KEY");
    }
    byte[] encoded =
        Base64.getMimeDecoder()
            .decode(pem.substring(from + "-----BEGIN PRIVATE KEY-----".length(), to));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // It is a key of another algorithm.
      }
    }
    throw new GeneralSecurityException(file + " holds a key that is none of " + ALGORITHMS);
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
