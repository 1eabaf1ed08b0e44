package io.propeller.scheduler.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.propeller.scheduler.policy.CombinedPolicy.NamedFilter;
import io.propeller.scheduler.policy.CombinedPolicy.WeightedScorer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * All policies, filters and scorers by name: those that come with the scheduler, plug-ins, and
 * defined ones. Immutable.
 */
public final class PolicyRegistry {

  private final ImmutableMap<String, PolicyProvider> providers;
  private final ImmutableMap<String, PolicyDefinition> definitions;

  private PolicyRegistry(
      ImmutableMap<String, PolicyProvider> providers,
      ImmutableMap<String, PolicyDefinition> definitions) {
    this.providers = providers;
    this.definitions = definitions;
  }

  /** Returns what comes with the scheduler. */
  public static PolicyRegistry builtIn() {
    return of(List.of());
  }

  /**
   * Returns what comes with the scheduler, and the plug-ins that the thread's class loader finds.
   *
   * @throws IllegalArgumentException if two providers have one name
   * @throws java.util.ServiceConfigurationError if a plug-in cannot be loaded
   */
  public static PolicyRegistry installed() {
    return of(ServiceLoader.load(PolicyProvider.class));
  }

  /**
   * Returns what comes with the scheduler, and these plug-ins.
   *
   * @throws IllegalArgumentException if two providers have one name, or one is blank
   */
  public static PolicyRegistry of(Iterable<? extends PolicyProvider> plugIns) {
    Map<String, PolicyProvider> byName = new LinkedHashMap<>();
    BuiltIn.PROVIDERS.forEach(provider -> add(byName, provider));
    plugIns.forEach(provider -> add(byName, provider));
    return new PolicyRegistry(ImmutableMap.copyOf(byName), ImmutableMap.of());
  }

  private static void add(Map<String, PolicyProvider> byName, PolicyProvider provider) {
    String name = provider.name();
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "the name of " + provider.getClass().getName() + " is blank");
    }
    PolicyProvider other = byName.putIfAbsent(name, provider);
    if (other != null) {
      throw new IllegalArgumentException(
          "two providers are named %s: %s and %s"
              .formatted(name, other.getClass().getName(), provider.getClass().getName()));
    }
  }

  /**
   * Returns a registry that has this policy too.
   *
   * @throws IllegalArgumentException if its name is taken, or it names a provider that there is not
   */
  public PolicyRegistry with(PolicyDefinition definition) {
    if (names().contains(definition.name())) {
      throw new IllegalArgumentException("the policy name " + definition.name() + " is taken");
    }
    definition.parts().forEach(part -> provider(part.provider()));
    return new PolicyRegistry(
        providers,
        ImmutableMap.<String, PolicyDefinition>builder()
            .putAll(definitions)
            .put(definition.name(), definition)
            .buildOrThrow());
  }

  /** Returns all names. */
  public ImmutableSortedSet<String> names() {
    return ImmutableSortedSet.copyOf(Sets.union(providers.keySet(), definitions.keySet()));
  }

  /**
   * Creates the policy of this name, which keeps its promises whatever its parts do.
   *
   * @throws IllegalArgumentException if there is none, or what a provider says of its settings
   */
  public SchedulingPolicy create(String name, PolicyEnvironment environment) {
    PolicyDefinition definition = definitions.get(name);
    if (definition == null) {
      provider(name);
      definition = PolicyDefinition.of(name).with(name).build();
    }
    Guard guard = new Guard(environment.nanos(), environment.limit(), environment.monitor());
    ImmutableList.Builder<NamedFilter> filters = ImmutableList.builder();
    ImmutableList.Builder<WeightedScorer> scorers = ImmutableList.builder();
    for (PolicyDefinition.Part part : definition.parts()) {
      PolicyProvider provider = provider(part.provider());
      PolicyPart created =
          provider.create(new PolicyContext(part.settings(), environment.random()));
      if (created instanceof SchedulingPolicy whole) {
        return whole(definition, part, whole, guard);
      } else if (created instanceof Filter filter) {
        filters.add(new NamedFilter(part.provider(), filter));
      } else if (created instanceof Scorer scorer) {
        scorers.add(new WeightedScorer(part.provider(), scorer, part.weight()));
      } else {
        throw new IllegalArgumentException(
            "provider %s (%s) creates nothing"
                .formatted(part.provider(), provider.getClass().getName()));
      }
    }
    return new CombinedPolicy(filters.build(), scorers.build(), new RoundRobinPolicy(), guard);
  }

  private SchedulingPolicy whole(
      PolicyDefinition definition,
      PolicyDefinition.Part part,
      SchedulingPolicy policy,
      Guard guard) {
    if (definition.parts().size() > 1) {
      throw new IllegalArgumentException(
          "policy %s: %s is a whole policy, and cannot be combined with others"
              .formatted(definition.name(), part.provider()));
    }
    boolean ours = BuiltIn.PROVIDERS.contains(provider(part.provider()));
    return ours
        ? policy
        : new GuardedPolicy(definition.name(), policy, new RoundRobinPolicy(), guard);
  }

  private PolicyProvider provider(String name) {
    PolicyProvider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "there is no policy %s, only: %s".formatted(name, String.join(", ", names())));
    }
    return provider;
  }
}
