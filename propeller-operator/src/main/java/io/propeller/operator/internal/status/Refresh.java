package io.propeller.operator.internal.status;

import java.time.Duration;

/**
 * How often what changes all the time is written.
 *
 * @param pace how often at most; more than zero
 * @param whileIdle whether it is written also where nothing has changed but signs of life and loads
 */
public record Refresh(Duration pace, boolean whileIdle) {

  private static final Duration WHERE_WORK_CHANGES = Duration.ofMinutes(1);

  /** Returns what a wish means: zero is never while idle, and once a minute where work changes. */
  public static Refresh of(Duration wish) {
    return wish.isZero() ? new Refresh(WHERE_WORK_CHANGES, false) : new Refresh(wish, true);
  }
}
