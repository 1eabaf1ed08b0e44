package io.propeller.testkit.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The modules that the build assembles. */
final class Resources {

  private Resources() {}

  /** Reads one, by its path from this package. */
  static byte[] read(String file) {
    try (InputStream module = Resources.class.getResourceAsStream(file)) {
      if (module == null) {
        throw new IllegalStateException(file + " is missing beside " + Resources.class);
      }
      return module.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
