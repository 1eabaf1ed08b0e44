package io.propeller.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.testkit.wasm.SampleModule;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo as a user runs it, with its own servers, in a process of its own. */
class DemoIT {

  private static final Pattern SERVING =
      Pattern.compile(
          ".*serving until interrupted: API server (?<server>\\S+), namespace (?<namespace>\\S+),"
              + " broker tcp://127\\.0\\.0\\.1:\\d+");

  @TempDir Path folder;

  private final Queue<Process> kept = new ConcurrentLinkedQueue<>();

  @AfterEach
  void endWhatWasKept() {
    kept.forEach(Process::destroyForcibly);
  }

  @Test
  void a_task_is_computed_on_a_proplet_and_many_more_with_one_proplet_killed_in_the_middle()
      throws Exception {
    DemoProcess demo = DemoProcess.run(folder, "--tasks", "60", "--chaos");

    assertThat(demo.err()).isEmpty();
    assertThat(demo.exit()).isZero();
    assertThat(demo.out())
        .containsPattern("add\\(10, 32\\) = 42, computed on proplet (gateway|weather-station)")
        .containsPattern("add +completed .*accepted in \\d+ ms +placed in \\d+ ms +answered in")
        .contains("killed the worker of proplet gateway")
        .contains("60 tasks completed in")
        .containsPattern("\\d+ tasks moved from gateway to other proplets, 0 still run on it");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unknown-type | "odd" is invalid: spec.type: Unsupported value: "robot": supported values: "external", "k8s"
          no-module    | task empty failed: the task has no module: set spec.file (base64) or spec.imageUrl
          traps        | task trap failed: the module failed: Trapped on unreachable instruction
          nothing-fits | task picky cannot run: 0/3 proplets fit: 3 lack capability submarine
          not-yaml     | not-yaml.yaml:
          no-kind      | no-kind.yaml: a document has no apiVersion, kind or metadata
          """)
  void a_mistake_ends_the_demo_with_one_line_that_says_what_and_where(
      String manifest, String message) throws Exception {
    Path file = folder.resolve(manifest + ".yaml");
    Files.writeString(
        file,
        Files.readString(Path.of("src", "test", "manifests", manifest + ".yaml"))
            .replace("${TRAP}", base64(SampleModule.TRAP)));

    DemoProcess demo = DemoProcess.run(folder, "--manifest", file.toString());

    assertThat(demo.err()).startsWith("demo: ").contains(message).hasLineCount(1);
    assertThat(demo.exit()).isEqualTo(1);
  }

  @Test
  void a_file_that_is_not_there_is_named() throws Exception {
    DemoProcess demo = DemoProcess.run(folder, "--manifest", "missing.yaml");

    assertThat(demo.err()).isEqualTo("demo: missing.yaml: cannot be read (NoSuchFileException)\n");
    assertThat(demo.exit()).isEqualTo(1);
  }

  @Test
  @Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void keeps_serving_until_it_is_interrupted() throws Exception {
    Process demo = DemoProcess.command("--tasks", "0", "--keep").start();
    kept.add(demo);
    try (BufferedReader out = demo.inputReader()) {
      Matcher serving =
          out.lines()
              .map(SERVING::matcher)
              .filter(Matcher::matches)
              .findFirst()
              .orElseThrow(() -> new AssertionError("the demo ended"));
      Config config =
          new ConfigBuilder(Config.empty())
              .withMasterUrl(serving.group("server"))
              .withTrustCerts(true)
              .withNamespace(serving.group("namespace"))
              .build();
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
        Resource<Task> add = client.resources(Task.class).withName("add");
        client.load(Files.newInputStream(Path.of("manifests", "task.yaml"))).delete();
        // Asked again and again: the mock repeats nothing that a watch has missed before it began.
        Awaitility.await().until(() -> add.get() == null);
        client.load(Files.newInputStream(Path.of("manifests", "task.yaml"))).create();

        Awaitility.await()
            .atMost(30, TimeUnit.SECONDS)
            .until(() -> add.get().phase() == TaskPhase.COMPLETED);
      }
      demo.destroy();
      assertThat(demo.waitFor()).as("as a process that was asked to end").isEqualTo(128 + 15);
    }
  }

  private static String base64(SampleModule module) {
    return Base64.getEncoder().encodeToString(module.bytes().toByteArray());
  }
}
