package io.propeller.testkit.internal;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Decides what becomes of a test whose servers are not on this machine. */
public final class MissingServers {

  private MissingServers() {}

  /**
   * Returns that tests run if nothing is missing, and otherwise that they are skipped; in
   * continuous integration a test that cannot run has failed.
   *
   * @param remedy how to get what is missing; empty if nothing is
   * @param environment the environment variables, of which {@code CI} counts
   * @throws IllegalStateException with the remedy, if something is missing and {@code CI} is {@code
   *     true}
   */
  public static ConditionEvaluationResult evaluate(
      Optional<String> remedy, Map<String, String> environment) {
    if (remedy.isEmpty()) {
      return ConditionEvaluationResult.enabled("the servers are there");
    }
    if ("true".equals(environment.get("CI"))) {
      throw new IllegalStateException(remedy.get());
    }
    return ConditionEvaluationResult.disabled(remedy.get());
  }
}
