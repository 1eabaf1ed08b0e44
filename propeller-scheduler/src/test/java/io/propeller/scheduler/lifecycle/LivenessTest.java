package io.propeller.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.scheduler.lifecycle.Liveness.Presence;
import io.propeller.scheduler.lifecycle.Liveness.Signs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LivenessTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration THRESHOLD = Duration.ofSeconds(30);

  private final Liveness liveness = new Liveness(THRESHOLD);

  @Test
  void a_worker_never_heard_of_is_expected_for_as_long_as_it_takes() {
    Signs signs = new Signs(Presence.EXPECTED, Optional.empty(), false);

    assertThat(liveness.presence(signs, START, START.plus(Duration.ofDays(1))))
        .isEqualTo(Presence.EXPECTED);
  }

  @Test
  void a_worker_is_absent_from_the_threshold_on() {
    Signs signs = heard(START.plusSeconds(100));

    assertThat(liveness.presence(signs, START, START.plusSeconds(129))).isEqualTo(Presence.PRESENT);
    assertThat(liveness.presence(signs, START, START.plusSeconds(130))).isEqualTo(Presence.ABSENT);
  }

  @Test
  void a_worker_that_says_that_it_leaves_is_absent_at_once() {
    Signs signs = new Signs(Presence.PRESENT, Optional.of(START), true);

    assertThat(liveness.presence(signs, START, START)).isEqualTo(Presence.ABSENT);
  }

  @Test
  void a_worker_that_was_present_stays_so_until_one_has_listened_for_a_threshold() {
    Signs signs = new Signs(Presence.PRESENT, Optional.empty(), false);

    assertThat(liveness.presence(signs, START, START.plusSeconds(29))).isEqualTo(Presence.PRESENT);
    assertThat(liveness.presence(signs, START, START.plusSeconds(30))).isEqualTo(Presence.ABSENT);
  }

  @Test
  void a_worker_that_was_absent_stays_so_until_it_is_heard() {
    Signs signs = new Signs(Presence.ABSENT, Optional.empty(), false);

    assertThat(liveness.presence(signs, START, START)).isEqualTo(Presence.ABSENT);
    assertThat(liveness.presence(heard(START), START, START)).isEqualTo(Presence.PRESENT);
  }

  @Property(tries = 500)
  void nobody_is_given_up_before_one_has_listened_for_a_threshold_since_the_last_break(
      @ForAll @LongRange(max = 1_000) long heard,
      @ForAll @LongRange(max = 1_000) long listening,
      @ForAll @LongRange(max = 1_000) long now) {
    Presence presence =
        liveness.presence(
            heard(START.plusSeconds(heard)), START.plusSeconds(listening), START.plusSeconds(now));

    assertThat(presence)
        .isEqualTo(now < Math.max(heard, listening) + 30 ? Presence.PRESENT : Presence.ABSENT);
  }

  private static Signs heard(Instant at) {
    return new Signs(Presence.ABSENT, Optional.of(at), false);
  }
}
