package io.propeller.scheduler.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * Defines a policy of a name of its own: either another one with settings, or filters and scorers
 * combined. A worker is taken that no filter rules out and whose weighted sum of scores is the
 * lowest, of equal ones the one of the lower ordinal; where there are no scorers, the workers that
 * are left are taken in turn.
 *
 * @param name the name of the policy defined
 * @param parts what it consists of: one whole policy, or any number of filters and scorers
 */
public record PolicyDefinition(String name, ImmutableList<Part> parts) {

  /**
   * A provider's part in a policy.
   *
   * @param provider the provider's name
   * @param weight what a scorer's scores are multiplied by, over 0; without meaning for others
   * @param settings the provider's settings
   */
  public record Part(String provider, double weight, ImmutableMap<String, String> settings) {

    /**
     * @throws IllegalArgumentException if the weight is not a number over 0
     */
    public Part {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weight of %s must be over 0, but is %s".formatted(provider, weight));
      }
    }
  }

  /**
   * @throws IllegalArgumentException if there are no parts
   */
  public PolicyDefinition {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("policy " + name + " has no parts");
    }
  }

  /** Returns a definition without parts, to which {@link Builder#with} adds them. */
  public static Builder of(String name) {
    return new Builder(name);
  }

  /** Builds a definition. */
  public static final class Builder {
    private final String name;
    private final ImmutableList.Builder<Part> parts = ImmutableList.builder();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a part of weight 1 without settings. */
    public Builder with(String provider) {
      return with(provider, 1, Map.of());
    }

    /** Adds a part. */
    public Builder with(String provider, double weight, Map<String, String> settings) {
      parts.add(new Part(provider, weight, ImmutableMap.copyOf(settings)));
      return this;
    }

    /**
     * Builds the definition.
     *
     * @throws IllegalArgumentException if there are no parts
     */
    public PolicyDefinition build() {
      return new PolicyDefinition(name, parts.build());
    }
  }
}
