package io.propeller.operator.internal.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a container asks for of its node. */
public final class Amounts {

  private static final Set<String> OF_KUBERNETES = Set.of("cpu", "memory", "ephemeral-storage");

  private Amounts() {}

  /**
   * Returns requests and limits of these quantities. Left out is what only the scheduler counts:
   * Kubernetes knows other resources by names with a domain.
   */
  public static ResourceRequirements of(Map<String, Quantity> quantities) {
    Map<String, Quantity> known = new TreeMap<>();
    quantities.forEach(
        (name, quantity) -> {
          if (OF_KUBERNETES.contains(name) || name.contains("/")) {
            known.put(name, quantity);
          }
        });
    return new ResourceRequirementsBuilder().withRequests(known).withLimits(known).build();
  }
}
