package io.propeller.scheduler.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/15 * * * *        | UTC           | 2026-03-01T10:07:00Z | 2026-03-01T10:15:00Z",
        "0 9-17/4 * * MON-FRI| UTC           | 2026-03-06T17:00:00Z | 2026-03-09T09:00:00Z",
        "0 0 1 JAN *         | Europe/Paris  | 2026-01-01T00:00:00Z | 2026-12-31T23:00:00Z",
        "0 0 13 * 5          | UTC           | 2026-03-01T00:00:00Z | 2026-03-06T00:00:00Z",
        "0 0 13 * 5          | UTC           | 2026-04-10T00:00:00Z | 2026-04-13T00:00:00Z",
        "0 12 * * 7          | UTC           | 2026-03-01T12:00:00Z | 2026-03-08T12:00:00Z",
        "0 12 * * 0          | UTC           | 2026-03-01T12:00:00Z | 2026-03-08T12:00:00Z",
        "0 0 29 2 *          | UTC           | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z",
        // Clocks in Paris go from 02:00 to 03:00 at 01:00Z on 29 March, and back at 01:00Z on 25
        // October.
        "30 2 * * *          | Europe/Paris  | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z",
        "30 2 * * *          | Europe/Paris  | 2026-03-29T01:00:00Z | 2026-03-30T00:30:00Z",
        "*/10 2 * * *        | Europe/Paris  | 2026-03-29T01:00:00Z | 2026-03-30T00:00:00Z",
        "30 2 * * *          | Europe/Paris  | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z",
        "30 2 * * *          | Europe/Paris  | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z",
        "*/30 * * * *        | Europe/Paris  | 2026-10-25T00:30:00Z | 2026-10-25T02:00:00Z",
      })
  void it_is_due_when_cron_says_so(String expression, String zone, Instant after, Instant due) {
    assertThat(CronSchedule.parse(expression, zone).next(after)).contains(due);
  }

  @ParameterizedTest
  @CsvSource({"* * * *", "60 * * * *", "a b c d e", "0 0 * * FUN", "''", "0 0 0 * *"})
  void what_is_no_schedule_is_refused_by_name(String expression) {
    assertThatThrownBy(() -> CronSchedule.parse(expression, "UTC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + expression + "\"");
  }

  @Test
  void a_time_that_never_comes_is_refused() {
    assertThatThrownBy(() -> CronSchedule.parse("0 0 30 2 *", "UTC"))
        .hasMessage("schedule \"0 0 30 2 *\" is never due");
  }

  @Test
  void a_zone_that_there_is_not_is_refused_by_name() {
    assertThatThrownBy(() -> CronSchedule.parse("* * * * *", "Mars/Olympus"))
        .hasMessage("timezone \"Mars/Olympus\" is not an IANA time zone");
  }

  @Test
  void of_many_missed_times_the_last_is_made_up_for() {
    CronSchedule hourly = CronSchedule.parse("0 * * * *", "UTC");
    Instant down = Instant.parse("2026-03-01T10:30:00Z");

    assertThat(hourly.missed(down, Instant.parse("2026-03-03T05:10:00Z")))
        .contains(Instant.parse("2026-03-03T05:00:00Z"));
    assertThat(hourly.missed(down, Instant.parse("2026-03-01T10:59:59Z"))).isEmpty();
    assertThat(hourly.missed(down, Instant.parse("2026-03-01T11:00:00Z")))
        .contains(Instant.parse("2026-03-01T11:00:00Z"));
  }

  @Property(tries = 150)
  void it_is_due_at_the_first_minute_that_satisfies_the_fields(
      @ForAll("fields") Fields fields, @ForAll("times") LocalDateTime after) {
    Instant start = after.toInstant(ZoneOffset.UTC);
    LocalDateTime minute = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    while (!fields.match(minute)) {
      minute = minute.plusMinutes(1);
    }

    assertThat(CronSchedule.parse(fields.expression(), "UTC").next(start))
        .contains(minute.toInstant(ZoneOffset.UTC));
  }

  @Property(tries = 200)
  void clocks_that_change_neither_lose_nor_repeat_a_daily_time(
      @ForAll("times") LocalDateTime start,
      @ForAll("zones") String zone,
      @ForAll @net.jqwik.api.constraints.IntRange(max = 1439) int minuteOfDay) {
    CronSchedule daily =
        CronSchedule.parse("%d %d * * *".formatted(minuteOfDay % 60, minuteOfDay / 60), zone);
    Instant at = start.toInstant(ZoneOffset.UTC);
    LocalDateTime last = null;
    for (int i = 0; i < 40; i++) {
      at = daily.next(at).orElseThrow();
      LocalDateTime local = LocalDateTime.ofInstant(at, ZoneId.of(zone));
      if (last != null) {
        assertThat(
                Duration.between(
                    last.toLocalDate().atStartOfDay(), local.toLocalDate().atStartOfDay()))
            .isEqualTo(Duration.ofDays(1));
      }
      last = local;
    }
  }

  /**
   * The values that the fields allow; the days of the week as 0 to 6 from Sunday; an empty set
   * allows all.
   */
  record Fields(
      Set<Integer> minutes,
      Set<Integer> hours,
      Set<Integer> days,
      Set<Integer> months,
      Set<Integer> weekdays) {

    String expression() {
      return String.join(" ", text(minutes), text(hours), text(days), text(months), text(weekdays));
    }

    private static String text(Set<Integer> values) {
      return values.isEmpty()
          ? "*"
          : String.join(",", values.stream().map(v -> "%d".formatted(v)).toList());
    }

    boolean match(LocalDateTime time) {
      boolean day = days.contains(time.getDayOfMonth());
      boolean weekday =
          weekdays.contains(
              time.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : time.getDayOfWeek().getValue());
      boolean date =
          days.isEmpty()
              ? weekdays.isEmpty() || weekday
              : weekdays.isEmpty() ? day : day || weekday;
      return date
          && (minutes.isEmpty() || minutes.contains(time.getMinute()))
          && (hours.isEmpty() || hours.contains(time.getHour()))
          && (months.isEmpty() || months.contains(time.getMonthValue()));
    }
  }

  @Provide
  Arbitrary<Fields> fields() {
    return Combinators.combine(some(0, 59), some(0, 23), some(1, 28), some(1, 12), some(0, 6))
        .as(Fields::new);
  }

  private static Arbitrary<Set<Integer>> some(int from, int to) {
    return Arbitraries.integers().between(from, to).set().ofMaxSize(3);
  }

  @Provide
  Arbitrary<LocalDateTime> times() {
    return Arbitraries.longs()
        .between(0, Duration.ofDays(4000).toSeconds())
        .map(s -> LocalDateTime.of(2020, 1, 1, 0, 0).plusSeconds(s));
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(
        "UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo");
  }
}
