package io.propeller.testkit.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoProgramTest {

  @Test
  void theProgramOnThePathComesFirst(@TempDir Path folder) throws IOException {
    Path program = Files.createFile(folder.resolve("mosquitto"));
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(MosquittoProgram.find(Map.of("PATH", "/nowhere:" + folder)))
        .isEqualTo(new MosquittoProgram.Found(program));
  }

  @Test
  void theShippedSettingsLetNobodyInWithoutAPassword() {
    assertThat(Mosquitto.settings()).contains("\nallow_anonymous false\n");
  }
}
