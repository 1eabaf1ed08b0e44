package io.propeller.mqtt.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password or a key, which never shows itself as text. */
public sealed interface Secret {

  /** Returns a secret that is known. */
  static Secret of(String value) {
    return new Known(value);
  }

  /**
   * Returns a secret that is in a file, read anew for each connection; white space at its end is
   * not part of it.
   */
  static Secret file(Path path) {
    return new InFile(path);
  }

  /**
   * Returns the secret.
   *
   * @throws IOException if its file cannot be read
   */
  String reveal() throws IOException;

  /** A secret that is known. */
  final class Known implements Secret {
    private final String value;

    private Known(String value) {
      this.value = value;
    }

    @Override
    public String reveal() {
      return value;
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /** A secret in a file. */
  final class InFile implements Secret {
    private final Path path;

    private InFile(Path path) {
      this.path = path;
    }

    @Override
    public String reveal() throws IOException {
      try {
        return Files.readString(path).stripTrailing();
      } catch (IOException e) {
        // Of a file that is missing it says the path, and nothing more.
        IOException clearer =
            new IOException(
                "the file %s of a secret cannot be read: %s"
                    .formatted(path, e.getClass().getSimpleName()));
        clearer.addSuppressed(e);
        throw clearer;
      }
    }

    @Override
    public String toString() {
      return "*** (" + path + ")";
    }
  }
}
