package io.propeller.examples.policy;

import io.propeller.scheduler.policy.PolicyContext;
import io.propeller.scheduler.policy.PolicyPart;
import io.propeller.scheduler.policy.PolicyProvider;

/**
 * Offers {@link CheapestScorer} under the name {@code cheapest}. The file in META-INF/services
 * names this class.
 */
public final class CheapestPolicyProvider implements PolicyProvider {

  @Override
  public String name() {
    return "cheapest";
  }

  @Override
  public PolicyPart create(PolicyContext context) {
    return new CheapestScorer(context.settings().getOrDefault("label", "price"));
  }
}
