package io.propeller.testkit.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCallTest {

  @TempDir Path folder;
  private Path message;

  @BeforeEach
  void makeTheFileAsTheKubeletDoes() throws IOException {
    message = Files.createFile(folder.resolve("termination-log"));
  }

  @Test
  void the_result_is_the_termination_message() throws Exception {
    assertThat(run("add", "10", "32")).isZero();
    assertThat(message).hasContent("42");
  }

  @Test
  void a_command_gets_its_arguments() throws Exception {
    assertThat(run("hello", "pod")).isZero();
    assertThat(message).content().startsWith("hello, pod");
  }

  @Test
  void what_fails_says_why_and_exits_with_1() throws Exception {
    assertThat(run("trap")).isEqualTo(1);
    assertThat(message).content().contains("unreachable");
  }

  @Test
  void a_module_that_is_none_is_named_with_those_that_are() throws Exception {
    assertThat(run("subtract")).isEqualTo(1);
    assertThat(message).content().contains("subtract", "add", "fibonacci");
  }

  private int run(String... arguments) throws InterruptedException {
    return new SampleCall(new TerminationMessage(message)).run(List.of(arguments), Map.of());
  }
}
