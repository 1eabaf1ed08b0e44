package io.propeller.mqtt;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, and the certificates that it has signed, as files in a folder. */
final class Certificates {

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final Path folder;
  private final String name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  Certificates(Path folder, String name) throws Exception {
    this.folder = folder;
    this.name = name;
    this.certificate = sign(subject(name), keys, subject(name), keys, true);
    write(authority(), "CERTIFICATE", certificate.getEncoded());
  }

  /** Returns the file of the authority's own certificate. */
  Path authority() {
    return folder.resolve(name + ".crt");
  }

  /** A certificate and its key, as PEM. */
  record Identity(Path certificate, Path key) {}

  /** Makes a certificate for 127.0.0.1. */
  Identity issue(String holder) throws Exception {
    KeyPair own = keys();
    Identity identity =
        new Identity(folder.resolve(holder + ".crt"), folder.resolve(holder + ".key"));
    X509Certificate signed = sign(subject(name), keys, subject(holder), own, false);
    write(identity.certificate(), "CERTIFICATE", signed.getEncoded());
    write(identity.key(), "PRIVATE KEY", own.getPrivate().getEncoded());
    return identity;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static X500Principal subject(String name) {
    return new X500Principal("CN=" + name);
  }

  private static X509Certificate sign(
      X500Principal issuer, KeyPair by, X500Principal subject, KeyPair whose, boolean authority)
      throws CertIOException, OperatorCreationException, GeneralSecurityException {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(1))),
            subject,
            whose.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(by.getPrivate())));
  }

  private static void write(Path file, String kind, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
