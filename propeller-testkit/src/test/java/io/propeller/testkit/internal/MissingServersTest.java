package io.propeller.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class MissingServersTest {

  private static final Optional<String> REMEDY = Optional.of("install the server");

  @Test
  void testsRunWhenNothingIsMissing() {
    assertThat(MissingServers.evaluate(Optional.empty(), Map.of("CI", "true")).isDisabled())
        .isFalse();
  }

  @Test
  void testsAreSkippedWithTheRemedyOutsideContinuousIntegration() {
    ConditionEvaluationResult result = MissingServers.evaluate(REMEDY, Map.of());

    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).isEqualTo(REMEDY);
  }

  @Test
  void testsFailWithTheRemedyInContinuousIntegration() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MissingServers.evaluate(REMEDY, Map.of("CI", "true")))
        .withMessage("install the server");
  }
}
