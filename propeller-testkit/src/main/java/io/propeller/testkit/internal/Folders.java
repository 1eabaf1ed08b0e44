package io.propeller.testkit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Makes and deletes the servers' folders. */
public final class Folders {

  private Folders() {}

  /** Makes a new folder in the system's folder for temporary files, for its owner alone. */
  public static Path temporary(String name) {
    try {
      return Files.createTempDirectory("propeller-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder and what is in it; does nothing if there is none. */
  public static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException gone) {
      // That is what was asked for.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
