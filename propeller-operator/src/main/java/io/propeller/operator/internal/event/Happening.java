package io.propeller.operator.internal.event;

/**
 * Something that happened to a resource.
 *
 * @param kind whether all is well
 * @param reason one word in camel case
 * @param message what happened, for people
 */
public record Happening(Kind kind, String reason, String message) {

  /** Whether all is well. */
  public enum Kind {
    /** It is. */
    NORMAL("Normal"),
    /** Somebody may have to look. */
    WARNING("Warning");

    private final String written;

    Kind(String written) {
      this.written = written;
    }

    String written() {
      return written;
    }
  }

  /** Returns something that is as it should be. */
  public static Happening normal(String reason, String message) {
    return new Happening(Kind.NORMAL, reason, message);
  }

  /** Returns something that somebody may have to look at. */
  public static Happening warning(String reason, String message) {
    return new Happening(Kind.WARNING, reason, message);
  }
}
