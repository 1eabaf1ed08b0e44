package io.propeller.testkit.kube;

import io.propeller.testkit.internal.MissingServers;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Carries out {@link WithKubeControlPlane}. */
final class KubeControlPlaneExtension
    extends SharedApiServer<KubeControlPlane, WithKubeControlPlane> implements ExecutionCondition {

  KubeControlPlaneExtension() {
    super(
        KubeControlPlane.class,
        KubeControlPlane::start,
        WithKubeControlPlane.class,
        WithKubeControlPlane::install);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> remedy =
        KubeBinaries.find() instanceof KubeBinaries.Missing missing
            ? Optional.of(missing.remedy())
            : Optional.empty();
    return MissingServers.evaluate(remedy, System.getenv());
  }
}
