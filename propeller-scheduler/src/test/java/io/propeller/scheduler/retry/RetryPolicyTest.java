package io.propeller.scheduler.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final Instant FAILED = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void exponential_pauses_double_up_to_the_longest() {
    RetryPolicy policy =
        RetryPolicy.builder()
            .limit(5)
            .interval(Duration.ofSeconds(10))
            .maxInterval(Duration.ofSeconds(35))
            .build();

    assertThat(policy.pause(0)).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy.pause(1)).isEqualTo(Duration.ofSeconds(20));
    assertThat(policy.pause(2)).isEqualTo(Duration.ofSeconds(35));
    assertThat(policy.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void constant_pauses_stay_the_same() {
    RetryPolicy policy = RetryPolicy.builder().backoff(Backoff.CONSTANT).build();

    assertThat(policy.pause(9)).isEqualTo(policy.interval());
  }

  @Test
  void a_value_out_of_range_is_named() {
    assertThatThrownBy(() -> RetryPolicy.builder().limit(-1).build())
        .hasMessage("retry policy: limit must be 0 or more, but is -1");
  }

  @Property(tries = 200)
  void it_is_tried_again_exactly_as_often_as_the_limit_says(
      @ForAll @IntRange(max = 30) int limit, @ForAll long seed) {
    RetryPolicy policy = RetryPolicy.builder().limit(limit).build();
    SplittableRandom random = new SplittableRandom(seed);
    RetryState state = RetryState.NEW;

    int again = 0;
    while (policy.decide(state, FAILED, random) instanceof RetryDecision.Again decision) {
      assertThat(decision.pause())
          .isGreaterThanOrEqualTo(policy.pause(again))
          .isLessThanOrEqualTo(policy.pause(again).multipliedBy(11).dividedBy(10));
      assertThat(decision.at()).isEqualTo(FAILED.plus(decision.pause()));
      state = decision.state();
      again++;
    }

    assertThat(again).isEqualTo(limit);
  }
}
