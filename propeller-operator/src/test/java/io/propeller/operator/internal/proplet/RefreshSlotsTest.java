package io.propeller.operator.internal.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RefreshSlotsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Property(tries = 200)
  void it_is_due_once_in_each_slot_and_exactly_when_it_was_foretold(
      @ForAll String uid, @ForAll @IntRange(max = 1_000_000) int millis) {
    RefreshSlots slots = RefreshSlots.of(MINUTE, uid);
    Instant written = START.plusMillis(millis);
    Instant next = written.plus(slots.untilNext(written));

    assertThat(Duration.between(written, next)).isPositive().isLessThanOrEqualTo(MINUTE);
    assertThat(slots.isDue(written, next.minusMillis(1))).isFalse();
    assertThat(slots.isDue(written, next)).isTrue();
    assertThat(slots.isDue(next, next.plus(MINUTE).minusMillis(1))).isFalse();
  }

  @Test
  void a_fleet_that_was_taken_over_at_one_time_is_spread_over_the_slot() {
    long soon =
        IntStream.range(0, 10_000)
            .mapToObj(i -> RefreshSlots.of(MINUTE, "uid-" + i).untilNext(START))
            .filter(wait -> wait.compareTo(Duration.ofSeconds(6)) < 0)
            .count();

    assertThat(soon).isBetween(500L, 1_500L);
  }
}
