package io.propeller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.testkit.kube.KubeBinaries;
import io.propeller.testkit.kube.KubeControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl, in one namespace. */
record Kubectl(Path program, Path kubeconfig, String namespace) {

  /**
   * What a call printed.
   *
   * @param exitCode 0 if it succeeded
   */
  record Output(int exitCode, String out, String err) {

    Output succeeds() {
      assertThat(exitCode).as(err).isZero();
      return this;
    }

    Output warnsOfNothing() {
      assertThat(err).isEmpty();
      return this;
    }
  }

  static Kubectl on(KubeControlPlane controlPlane, String namespace) {
    KubeBinaries.Found found = (KubeBinaries.Found) KubeBinaries.find();
    return new Kubectl(found.folder().resolve("kubectl"), controlPlane.kubeconfig(), namespace);
  }

  Output run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--namespace", namespace));
    command.addAll(List.of(arguments));
    try {
      Path err = Files.createTempFile("kubectl", ".err");
      try {
        Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("kubectl has ended").isTrue();
        return new Output(process.exitValue(), out, Files.readString(err));
      } finally {
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
