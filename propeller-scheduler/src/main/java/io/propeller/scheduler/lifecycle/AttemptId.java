package io.propeller.scheduler.lifecycle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies one attempt to run a task, as the worker is told it and echoes it in its result.
 *
 * <p>Each attempt of a task's life has its own: a worker that still runs an attempt which was given
 * up can then be stopped without touching its successor, and a late result says what it belongs to.
 *
 * @param task the UUID of the task, 36 characters
 * @param number which attempt of the task's life this is, from 1
 */
public record AttemptId(String task, int number) {

  private static final Pattern WIRE =
      Pattern.compile(
          "(\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12})"
              + "(?:-([1-9]\\d{0,8}))?");

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if the task is not a UUID, or the number not positive
   */
  public AttemptId {
    Matcher matcher = WIRE.matcher(task);
    if (!matcher.matches() || matcher.group(2) != null) {
      throw new IllegalArgumentException("task '" + task + "' is not a UUID");
    }
    if (number < 1) {
      throw new IllegalArgumentException("attempt " + number + " is not 1 or more");
    }
  }

  /** Reads what {@link #wire()} wrote; empty for anything else. */
  public static Optional<AttemptId> parse(String wire) {
    Matcher matcher = WIRE.matcher(wire);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String number = matcher.group(2);
    if (number == null) {
      return Optional.of(new AttemptId(matcher.group(1), 1));
    }
    return number.equals("1")
        ? Optional.empty()
        : Optional.of(new AttemptId(matcher.group(1), Integer.parseInt(number)));
  }

  /** Returns the id on the wire: the task for the first attempt, {@code task-n} for the nth. */
  public String wire() {
    return number == 1 ? task : task + "-" + number;
  }

  @Override
  public String toString() {
    return wire();
  }
}
