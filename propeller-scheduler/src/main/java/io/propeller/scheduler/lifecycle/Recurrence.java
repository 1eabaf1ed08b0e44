package io.propeller.scheduler.lifecycle;

import io.propeller.scheduler.cron.CronSchedule;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task runs again.
 *
 * @param schedule the times at which it is due
 * @param overlap what becomes of a run that is due while the last one still runs
 */
public record Recurrence(CronSchedule schedule, Overlap overlap) {

  /** What becomes of a run that is due while the last one still runs. */
  public enum Overlap {
    /** It goes on beside it, as a task of its own. */
    ALLOW,
    /** It is left out. */
    FORBID,
    /** It takes the place of the last one. */
    REPLACE
  }

  /**
   * Returns the first time after this one at which it is due; empty if that is beyond the calendar.
   */
  Optional<Instant> next(Instant after) {
    return schedule.next(after);
  }
}
