package io.propeller.mqtt.client;

import java.nio.file.Path;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How a client trusts the broker, and shows who it is. The files are PEM, and read anew for each
 * connection.
 */
@Value.Immutable
@Values
public interface TlsOptions {

  /**
   * Returns the certificates of the authorities to trust; missing for those of the Java runtime.
   */
  Optional<Path> caCertificates();

  /** Returns the client's certificate, and those between it and an authority. */
  Optional<Path> certificate();

  /** Returns the client's key: unencrypted PKCS#8. */
  Optional<Path> key();

  /** Refuses half of an identity. */
  @Value.Check
  default void check() {
    if (certificate().isPresent() != key().isPresent()) {
      throw new IllegalArgumentException("certificate and key go together");
    }
  }

  /** Returns a builder. */
  static ImmutableTlsOptions.Builder builder() {
    return ImmutableTlsOptions.builder();
  }
}
