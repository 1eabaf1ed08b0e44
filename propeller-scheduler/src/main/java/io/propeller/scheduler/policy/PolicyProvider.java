package io.propeller.scheduler.policy;

/**
 * Offers a policy, a filter or a scorer under a name. A plug-in names its provider, which needs a
 * public constructor without parameters, in {@code
 * META-INF/services/io.propeller.scheduler.policy.PolicyProvider} of its jar, and is found by
 * {@link PolicyRegistry#installed()}.
 */
public interface PolicyProvider {

  /** The name by which tasks and schedulers choose it; not blank, and always the same. */
  String name();

  /**
   * Creates what the provider offers. Called once for each scheduler that uses it.
   *
   * @param context the settings and what else it may need
   * @throws IllegalArgumentException if a setting is wrong; the message names the setting, its
   *     value and what would be right
   */
  PolicyPart create(PolicyContext context);
}
