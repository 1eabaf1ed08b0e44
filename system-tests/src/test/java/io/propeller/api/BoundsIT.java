package io.propeller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.propeller.api.Bounds.Bound;
import io.propeller.api.v1.Crds;
import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.testkit.kube.WithKubeControlPlane;
import java.util.List;
import java.util.function.UnaryOperator;
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
    return Crds.kinds().stream()
        .flatMap(kind -> Stream.of("spec", "status").flatMap(part -> Bounds.of(kind, part)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void whatIsWithinIsAcceptedAndWhatIsBeyondIsRefused(Bound bound, KubernetesClient client) {
    RawApi api = new RawApi(client);
    if (bound.isOfStatus()) {
      var unused = api.create(bound.kind(), Minimal.of(bound.kind(), "x"));
    }

    assertThat(complaints(api, bound, bound.within())).isEmpty();
    assertThat(complaints(api, bound, bound.beyond()))
        .anySatisfy(
            cause -> {
              assertThat(cause.getField()).startsWith(bound.nameOfField());
              assertThat(cause.getMessage()).contains(bound.complaint());
            });
  }

  private static List<StatusCause> complaints(
      RawApi api, Bound bound, UnaryOperator<JsonNode> change) {
    ObjectNode manifest = bound.manifest(change);
    return bound.isOfStatus()
        ? api.complaintsOfStatus(bound.kind(), manifest)
        : api.complaints(bound.kind(), manifest);
  }
}
