package io.propeller.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  private static final List<String> SLEEPER = List.of("sleep", "600");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void aKilledServerIsGoneAndItsFolderStays(@TempDir Path parent) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("data"));
    try (ServerProcess server = ServerProcess.start("sleeper", folder, SLEEPER)) {
      assertThat(ProcessHandle.of(server.pid())).isPresent();

      server.kill();

      assertThat(server.isAlive()).isFalse();
      assertThat(ProcessHandle.of(server.pid())).isEmpty();
      assertThat(folder).exists();
    }
  }

  @Test
  void aClosedServerIsGoneWithItsFolder(@TempDir Path parent) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("data"));
    ServerProcess server = ServerProcess.start("sleeper", folder, SLEEPER);

    server.close();

    assertThat(ProcessHandle.of(server.pid())).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void nothingIsLeftBehindWhenTheJvmIsKilled(@TempDir Path parent) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("data"));
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                folder.toString())
            .start();
    long pid;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(jvm.getInputStream(), StandardCharsets.US_ASCII))) {
      pid = Long.parseLong(output.readLine());
    }
    assertThat(ProcessHandle.of(pid)).isPresent();

    jvm.destroyForcibly().waitFor();

    Await.until(LIMIT, () -> ProcessHandle.of(pid).isEmpty(), () -> "the server ends");
    Await.until(LIMIT, () -> Files.notExists(folder), () -> "its folder is deleted");
  }

  @Test
  void aServerThatEndsAtOnceIsReportedWithItsLog(@TempDir Path folder) {
    ServerProcess server =
        ServerProcess.start(
            "broken", folder, List.of("sh", "-c", "echo cannot bind the port; exit 1"));

    assertThatIllegalStateException()
        .isThrownBy(() -> server.awaitReady(LIMIT, () -> false))
        .withMessageContaining("broken ended")
        .withMessageContaining("cannot bind the port");
  }

  /** The program that the test kills. */
  static final class Starter {
    public static void main(String[] arguments) throws InterruptedException {
      ServerProcess server = ServerProcess.start("sleeper", Path.of(arguments[0]), SLEEPER);
      System.out.println(server.pid());
      Thread.currentThread().join();
    }
  }
}
