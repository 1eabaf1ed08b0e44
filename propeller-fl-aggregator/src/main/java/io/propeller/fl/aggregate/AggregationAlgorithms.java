package io.propeller.fl.aggregate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The rules that are known, by name. Safe for use by several threads. */
public final class AggregationAlgorithms {
  private final ImmutableSortedMap<String, AggregationProvider> providers;

  private AggregationAlgorithms(ImmutableSortedMap<String, AggregationProvider> providers) {
    this.providers = providers;
  }

  /**
   * Returns the rules of this library and those on the class path.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static AggregationAlgorithms load() {
    return of(ServiceLoader.load(AggregationProvider.class));
  }

  /**
   * Returns the rules of this library and these.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static AggregationAlgorithms of(Iterable<AggregationProvider> more) {
    Map<String, AggregationProvider> byName = new TreeMap<>();
    for (AggregationProvider provider : Iterables.concat(BuiltIn.PROVIDERS, more)) {
      AggregationProvider other = byName.putIfAbsent(provider.name(), provider);
      checkArgument(
          other == null,
          "two aggregation algorithms are named %s: %s and %s",
          provider.name(),
          other == null ? "" : other.getClass().getName(),
          provider.getClass().getName());
    }
    return new AggregationAlgorithms(ImmutableSortedMap.copyOf(byName));
  }

  /** Returns the names of all rules. */
  public ImmutableSortedSet<String> names() {
    return providers.keySet();
  }

  /**
   * Makes a rule. Whatever a plug-in does when it is called, the result is an {@link
   * AggregationException} or a finite model of the right shape.
   *
   * @param name what the FederatedJob's {@code aggregator.algorithm} says
   * @param config its {@code aggregator.config}
   * @throws IllegalArgumentException if the rule or a parameter is unknown, or a parameter is
   *     missing or out of range
   */
  public AggregationAlgorithm create(String name, Map<String, ?> config) {
    AggregationProvider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "aggregator.algorithm '"
              + name
              + "' is unknown; known are "
              + String.join(", ", names()));
    }
    AggregationConfig parameters = AggregationConfig.of(config);
    AggregationAlgorithm algorithm = provider.create(parameters);
    parameters.requireAllKnown(name);
    return new GuardedAlgorithm(name, algorithm);
  }
}
