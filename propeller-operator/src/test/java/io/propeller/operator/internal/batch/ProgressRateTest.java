package io.propeller.operator.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressRateTest {

  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void a_small_job_is_written_each_second_and_a_large_one_each_refresh() {
    assertThat(ProgressRate.next(WRITTEN, 3, MINUTE)).isEqualTo(WRITTEN.plusSeconds(1));
    assertThat(ProgressRate.next(WRITTEN, 1_000, MINUTE)).isEqualTo(WRITTEN.plusSeconds(10));
    assertThat(ProgressRate.next(WRITTEN, 10_000, MINUTE)).isEqualTo(WRITTEN.plusSeconds(60));
  }
}
