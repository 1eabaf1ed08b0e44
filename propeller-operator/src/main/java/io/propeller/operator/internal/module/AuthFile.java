package io.propeller.operator.internal.module;

import io.propeller.mqtt.client.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file with the credentials for registries. It is read anew each time, so that a change counts
 * at once; no message holds anything of its content.
 */
public final class AuthFile {

  private static final String EXAMPLE =
      "{\"auths\":{\"registry.example.com\":{\"auth\":\"base64 of USER:PASSWORD\"}}}";

  private final Path path;

  /** Makes one without looking whether it is there. */
  public AuthFile(Path path) {
    this.path = path;
  }

  /**
   * Checks that the file is there and is what it has to be.
   *
   * @throws IOException if it is not, saying what would be right
   */
  public void check() throws IOException {
    var unused = read();
  }

  /**
   * Finds the value of the header {@code Authorization} that a registry takes.
   *
   * @throws IOException if the file cannot be read
   */
  Optional<Secret> find(String host) throws IOException {
    return read().find(host);
  }

  private RegistryCredentials read() throws IOException {
    String text;
    try {
      text = Secret.file(path).reveal();
    } catch (IOException e) {
      throw new IOException(
          "%s; --registry-auth-file needs a Docker config.json: %s"
              .formatted(e.getMessage(), EXAMPLE),
          e);
    }
    try {
      return RegistryCredentials.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the file %s is not what --registry-auth-file needs: %s; a Docker config.json is %s"
              .formatted(path, e.getMessage(), EXAMPLE),
          e);
    }
  }
}
