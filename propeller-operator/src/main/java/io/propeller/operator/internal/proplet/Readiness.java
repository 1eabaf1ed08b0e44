package io.propeller.operator.internal.proplet;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the pods of a Proplet are.
 *
 * @param wanted how many there should be
 * @param ready how many can work
 * @param available how many have been able to for long enough
 * @param problem why there are not more, if Kubernetes says so
 */
record Readiness(int wanted, int ready, int available, Optional<String> problem) {

  static Readiness of(Deployment deployment) {
    if (deployment.getStatus() == null) {
      return new Readiness(number(deployment.getSpec().getReplicas()), 0, 0, Optional.empty());
    }
    return new Readiness(
        number(deployment.getSpec().getReplicas()),
        number(deployment.getStatus().getReadyReplicas()),
        number(deployment.getStatus().getAvailableReplicas()),
        deployment.getStatus().getConditions().stream()
            .filter(Readiness::isProblem)
            .map(condition -> condition.getReason() + ": " + condition.getMessage())
            .findFirst());
  }

  /** Returns whether all are ready; none are not enough to work. */
  boolean isComplete() {
    return wanted > 0 && ready >= wanted;
  }

  private static boolean isProblem(DeploymentCondition condition) {
    return ("ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
        || ("Progressing".equals(condition.getType()) && "False".equals(condition.getStatus()));
  }

  private static int number(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
