package io.propeller.operator.internal.profile;

import io.propeller.api.v1.Profile;
import io.propeller.scheduler.condition.Condition;
import io.propeller.scheduler.condition.ConditionSyntaxException;
import io.propeller.scheduler.condition.Metrics;
import io.propeller.scheduler.model.ProfileCondition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The profiles of one Proplet, compiled. Immutable.
 *
 * @param conditions each condition by its name
 */
record Profiles(Map<ProfileCondition, Condition> conditions) {

  static final Profiles NONE = new Profiles(Map.of());

  /**
   * Compiles profiles.
   *
   * @throws IllegalArgumentException if an expression is none; the message names it
   */
  static Profiles of(List<Profile> profiles) {
    Map<ProfileCondition, Condition> compiled = new LinkedHashMap<>();
    for (Profile profile : profiles) {
      profile
          .getConditions()
          .forEach(
              condition ->
                  compiled.put(
                      new ProfileCondition(profile.getName(), condition.getName()),
                      compile(profile, condition)));
    }
    return new Profiles(compiled);
  }

  /** Returns the conditions that are true of these metrics. */
  Set<ProfileCondition> trueOf(Metrics metrics) {
    return conditions.entrySet().stream()
        .filter(entry -> entry.getValue().test(metrics))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Condition compile(
      Profile profile, io.propeller.api.v1.ProfileCondition condition) {
    try {
      return Condition.parse(condition.getExpression());
    } catch (ConditionSyntaxException e) {
      throw new IllegalArgumentException(
          "spec.profiles: condition %s of %s: %s"
              .formatted(condition.getName(), profile.getName(), e.getMessage()),
          e);
    }
  }
}
