package io.propeller.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.propeller.mqtt.topic.Channel;
import io.propeller.testkit.wasm.SampleModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  @Test
  void the_demos_own_are_three_proplets_of_one_channel() {
    Manifest proplets = read(Path.of("manifests", "proplets.yaml"));

    assertThat(proplets.resources()).hasSize(3);
    assertThat(proplets.channel()).contains(Channel.of("demo", "farm"));
  }

  @Test
  void the_module_in_the_manifest_is_the_one_that_the_build_assembles() throws Exception {
    String module = Base64.getEncoder().encodeToString(SampleModule.ADD.bytes().toByteArray());

    assertThat(Files.readString(Path.of("manifests", "task.yaml")))
        .contains("file: " + module + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-yaml.yaml", "no-kind.yaml", "missing.yaml"})
  void what_is_no_manifest_is_named_in_one_line(String file) {
    Path path = Path.of("src", "test", "manifests", file);

    assertThatThrownBy(() -> read(path))
        .isInstanceOf(DemoException.class)
        .hasMessageStartingWith(path + ": ")
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  private static Manifest read(Path path) {
    return Manifest.read(path, new KubernetesSerialization());
  }
}
