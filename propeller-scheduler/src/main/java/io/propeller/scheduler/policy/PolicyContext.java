package io.propeller.scheduler.policy;

import com.google.common.collect.ImmutableMap;
import java.util.random.RandomGenerator;

/**
 * What a policy is created with.
 *
 * @param settings its settings by name
 * @param random the only randomness that it may use
 */
public record PolicyContext(ImmutableMap<String, String> settings, RandomGenerator random) {

  /**
   * Returns a setting.
   *
   * @throws IllegalArgumentException if it is not given
   */
  public String require(String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "setting %s is required, but only these are given: %s"
              .formatted(name, settings.keySet()));
    }
    return value;
  }
}
