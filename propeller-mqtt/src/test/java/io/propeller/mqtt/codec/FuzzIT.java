package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What mutated messages do to an operator with little memory: nothing. */
class FuzzIT {

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void survivesAMillionMutatedMessagesInASmallHeap() throws IOException, InterruptedException {
    Process fuzzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Fuzzer.class.getName(),
                "1000000",
                "7")
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(fuzzer.waitFor()).as(output).isZero();
      assertThat(output).matches("refused [0-9]{6} of 1000000\\R");
    } finally {
      fuzzer.destroyForcibly();
    }
  }
}
