package io.propeller.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

  @Property(tries = 500)
  void waitsAreRandomDoubleAndHaveAnEnd(
      @ForAll @IntRange(min = 1, max = 10_000) int failures, @ForAll Random random) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    Duration ceiling = Duration.ofSeconds(Math.min(30, 1L << Math.min(failures - 1, 10)));

    assertThat(backoff.after(failures)).isBetween(ceiling.dividedBy(2), ceiling);
  }
}
