package io.propeller.fl.update;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a round, normalised: workers say {@code "round-3"}, {@code "3"} or {@code 3} for
 * the same one.
 *
 * @param value {@code round-} and a decimal number without leading zeros, or any other text as it
 *     was
 */
public record RoundId(String value) {
  private static final int MAX_LENGTH = 256;
  private static final Pattern NUMBERED = Pattern.compile("(?:round-)?0*([0-9]+)");

  /**
   * Normalises the text.
   *
   * @throws IllegalArgumentException if it is empty, longer than 256 characters, or holds a control
   *     character
   */
  public RoundId {
    value = value.strip();
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "round id must have 1 to 256 characters, has " + value.length());
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("round id must not hold control characters");
    }
    Matcher numbered = NUMBERED.matcher(value);
    if (numbered.matches()) {
      value = "round-" + numbered.group(1);
    }
  }

  /**
   * Returns the round that this text means.
   *
   * @throws IllegalArgumentException if it is empty, longer than 256 characters, or holds a control
   *     character
   */
  public static RoundId parse(String text) {
    return new RoundId(text);
  }

  /** Returns the round of that number. */
  public static RoundId of(long number) {
    return new RoundId("round-" + number);
  }

  @Override
  public String toString() {
    return value;
  }
}
