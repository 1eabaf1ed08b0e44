package io.propeller.fl.update;

/**
 * The identity of a worker, as it stands on the wire and in a round's list of participants.
 *
 * @param value 1 to 256 characters, none of them a control character
 */
public record ParticipantId(String value) implements Comparable<ParticipantId> {
  private static final int MAX_LENGTH = 256;

  /**
   * Checks the identity.
   *
   * @throws IllegalArgumentException if it is empty, too long, or holds a control character
   */
  public ParticipantId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "participant must have 1 to 256 characters, has " + value.length());
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("participant must not hold control characters");
    }
  }

  /**
   * Returns the identity of that name.
   *
   * @throws IllegalArgumentException if it is empty, too long, or holds a control character
   */
  public static ParticipantId of(String value) {
    return new ParticipantId(value);
  }

  @Override
  public int compareTo(ParticipantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
