package io.propeller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.propeller.operator.internal.cli.OperatorCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InstallationTest {

  @Test
  void the_file_that_is_kept_is_the_one_that_the_build_makes() throws Exception {
    assertThat(Files.readString(Installation.FILE))
        .as("cp propeller-operator/target/install.yaml install.yaml")
        .isEqualTo(Files.readString(Path.of("target", "install.yaml")));
  }

  @Test
  void what_a_user_sets_comes_first_after_the_namespace_that_holds_it() {
    assertThat(Installation.objects().stream().limit(3))
        .map(HasMetadata::getKind)
        .containsExactly("Namespace", "ConfigMap", "Secret");
    assertThat(Installation.objects(ConfigMap.class)).hasSize(1);
    assertThat(Installation.objects(Secret.class)).hasSize(1);
  }

  @Test
  void everything_with_a_namespace_is_in_that_of_the_file() {
    String namespace = Installation.one(Namespace.class).getMetadata().getName();

    assertThat(Installation.objects())
        .map(object -> object.getMetadata().getNamespace())
        .filteredOn(Objects::nonNull)
        .hasSize(7)
        .containsOnly(namespace);
  }

  @Test
  void the_settings_and_flags_are_a_command_line_that_the_operator_takes() {
    AtomicReference<OperatorOptions> taken = new AtomicReference<>();

    int exitCode =
        OperatorCommand.execute(
            container().getArgs().toArray(String[]::new),
            Installation.one(ConfigMap.class).getData(),
            options -> {
              taken.set(options);
              return 0;
            });

    assertThat(exitCode).isZero();
    assertThat(taken.get().leaderElect()).isTrue();
    assertThat(taken.get().clientKey()).isPresent();
    assertThat(taken.get().channel().domain().value()).isEqualTo("my-domain");
  }

  @Test
  void the_pods_can_do_little_but_compute() {
    PodSpec pod = Installation.one(Deployment.class).getSpec().getTemplate().getSpec();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container().getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
  }

  private static Container container() {
    return Installation.one(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0);
  }
}
