package io.propeller.testkit.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a container leaves for whoever asks why it ended; Kubernetes keeps 4 KiB of it.
 *
 * @param file where the kubelet reads it
 */
record TerminationMessage(Path file) {

  /** Leaves a message, or prints it where there is nobody to leave it for. */
  void leave(String message) {
    try {
      if (Files.exists(file)) {
        Files.writeString(file, message);
        return;
      }
    } catch (IOException e) {
      System.err.println("proplet: " + e);
    }
    System.out.println(message);
  }
}
