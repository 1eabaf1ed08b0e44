package io.propeller.mqtt.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, up to a most, and a random
 * part of that, so that clients that were cut off together do not come back together. The lower
 * half is never left out, so that the wait is one.
 */
final class Backoff {

  private final Duration least;
  private final Duration most;
  private final RandomGenerator random;

  Backoff(Duration least, Duration most, RandomGenerator random) {
    this.least = least;
    this.most = most;
    this.random = random;
  }

  /**
   * Returns the time to wait.
   *
   * @param failures how many attempts in a row have failed, from 1
   */
  Duration after(int failures) {
    long ceiling = Math.min(most.toMillis(), least.toMillis() << Math.min(failures - 1, 20));
    long floor = ceiling / 2;
    return Duration.ofMillis(floor + random.nextLong(ceiling - floor + 1));
  }

  /** Returns how long a connection must have held for the next wait to be the shortest again. */
  Duration stableAfter() {
    return most;
  }
}
