package io.propeller.operator.internal.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RestrictedTest {

  /** The controls of the Pod Security Standard, version 1.34, that concern a pod like ours. */
  @Property(tries = 50)
  void whatever_the_container_asks_for_the_pod_is_restricted(
      @ForAll boolean privileged, @ForAll boolean escalates, @ForAll String image) {
    PodSpec pod =
        Restricted.pod(
            new ContainerBuilder()
                .withName("c")
                .withImage(image)
                .withSecurityContext(
                    new SecurityContextBuilder()
                        .withPrivileged(privileged)
                        .withAllowPrivilegeEscalation(escalates)
                        .withRunAsUser(0L)
                        .withNewCapabilities()
                        .withAdd("SYS_ADMIN")
                        .endCapabilities()
                        .build())
                .build());

    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getContainers())
        .singleElement()
        .extracting(Container::getSecurityContext)
        .satisfies(
            context -> {
              assertThat(context.getPrivileged()).isNull();
              assertThat(context.getAllowPrivilegeEscalation()).isFalse();
              assertThat(context.getReadOnlyRootFilesystem()).isTrue();
              assertThat(context.getRunAsUser()).isNull();
              assertThat(context.getCapabilities().getDrop()).isEqualTo(List.of("ALL"));
              assertThat(context.getCapabilities().getAdd()).isEmpty();
            });
  }
}
