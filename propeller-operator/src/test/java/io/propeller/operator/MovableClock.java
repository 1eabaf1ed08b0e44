package io.propeller.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's clock, but for leaps that a test makes. */
final class MovableClock implements InstantSource {

  private final InstantSource machine = InstantSource.system();
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead);
  }

  /** Leaps to that time, and goes on from there. */
  void moveTo(Instant time) {
    ahead = Duration.between(machine.instant(), time);
  }
}
