package io.propeller.testkit.mqtt;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The outcome of a search for the Mosquitto program. */
sealed interface MosquittoProgram {

  String REMEDY =
      "no mosquitto on PATH or in /usr/sbin: install it (apt-get install -y mosquitto, or brew"
          + " install mosquitto)";

  record Found(Path path) implements MosquittoProgram {}

  record Missing() implements MosquittoProgram {}

  static MosquittoProgram find() {
    return find(System.getenv());
  }

  /**
   * Looks on the path and then where systems keep servers, which a user's path often leaves out.
   */
  static MosquittoProgram find(Map<String, String> environment) {
    Stream<String> path = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator));
    return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst()
        .<MosquittoProgram>map(Found::new)
        .orElseGet(Missing::new);
  }
}
