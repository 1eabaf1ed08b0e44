package io.propeller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.Bounds.Bound;
import io.propeller.api.v1.Crds;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.testkit.kube.WithKubeControlPlane;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithKubeControlPlane(
    install = {
      Proplet.class,
      Task.class,
      PropellerJob.class,
      FederatedJob.class,
      TrainingRound.class
    })
class BoundsIT {

  static Stream<Bound> bounds() {
    return Crds.kinds().stream().flatMap(Bounds::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void whatIsWithinIsAcceptedAndWhatIsBeyondIsRefused(Bound bound, KubernetesClient client) {
    RawApi api = new RawApi(client);

    assertThat(api.complaints(bound.kind(), bound.manifest(bound.within()))).isEmpty();
    assertThat(api.complaints(bound.kind(), bound.manifest(bound.beyond())))
        .anySatisfy(
            cause -> {
              assertThat(cause.getField()).startsWith(bound.nameOfField());
              assertThat(cause.getMessage()).contains(bound.complaint());
            });
  }
}
