package io.propeller.scheduler.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The times at which a recurring task is due: a cron expression, read by the clocks of a time zone.
 * Immutable; what it answers depends on nothing but its arguments.
 *
 * <p>The expression has the five fields minute, hour, day of the month, month and day of the week,
 * with lists, ranges, steps and English names. Where both days are restricted, either will do, as
 * in cron. Both 0 and 7 are Sunday.
 *
 * <p>Where clocks go forward, a time that they skip is due at the first moment after the gap; if
 * several such times are skipped, or one is due at that moment anyway, it is due once. Where they
 * go back, a time that they show twice is due the first time only.
 */
public final class CronSchedule {

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final String expression;
  private final ZoneId zone;
  private final ExecutionTime localTimes;

  private CronSchedule(String expression, ZoneId zone, ExecutionTime localTimes) {
    this.expression = expression;
    this.zone = zone;
    this.localTimes = localTimes;
  }

  /**
   * Reads an expression.
   *
   * @param expression the five fields
   * @param zone the name of an IANA time zone, such as {@code Europe/Paris}, or an offset
   * @throws IllegalArgumentException if the expression is not one, is never due, or there is no
   *     such zone
   */
  public static CronSchedule parse(String expression, String zone) {
    ExecutionTime times;
    try {
      Cron cron = PARSER.parse(expression);
      times = ExecutionTime.forCron(cron.validate());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "schedule \"%s\" is not a cron expression of five fields: %s"
              .formatted(expression, e.getMessage()),
          e);
    }
    ZoneId zoneId;
    try {
      zoneId = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timezone \"%s\" is not an IANA time zone".formatted(zone), e);
    }
    CronSchedule schedule = new CronSchedule(expression, zoneId, times);
    if (schedule.nextLocal(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
      throw new IllegalArgumentException("schedule \"%s\" is never due".formatted(expression));
    }
    return schedule;
  }

  /**
   * Returns the first time after this one at which it is due; empty if that is beyond the calendar.
   */
  public Optional<Instant> next(Instant after) {
    Optional<LocalDateTime> local = nextLocal(LocalDateTime.ofInstant(after, zone));
    while (local.isPresent()) {
      Instant due = due(local.get());
      if (due.isAfter(after)) {
        return Optional.of(due);
      }
      local = nextLocal(local.get());
    }
    return Optional.empty();
  }

  /**
   * Returns the last time at which it was due while nobody looked. However many were missed, that
   * is the only one to be made up for.
   *
   * @param since when somebody looked last
   * @param now the present
   * @return the latest time after {@code since} and not after {@code now} at which it was due;
   *     empty if there is none
   */
  public Optional<Instant> missed(Instant since, Instant now) {
    for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(2)) {
      Instant from = now.minus(back);
      Instant start = from.isBefore(since) ? since : from;
      Optional<Instant> last = Optional.empty();
      Optional<Instant> due = next(start);
      while (due.isPresent() && !due.get().isAfter(now)) {
        last = due;
        due = next(due.get());
      }
      if (last.isPresent() || !start.isAfter(since)) {
        return last;
      }
    }
  }

  private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    return localTimes
        .nextExecution(after.atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime);
  }

  /**
   * Returns the moment at which the zone's clocks first show this time, or, if they skip it, that
   * at which they do so.
   */
  private Instant due(LocalDateTime local) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : ZonedDateTime.ofLocal(local, zone, null).toInstant();
  }

  @Override
  public String toString() {
    return expression + " " + zone;
  }
}
