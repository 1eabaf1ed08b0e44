package io.propeller.fl.update;

/**
 * Why a message does not count.
 *
 * @param reason the rule that it breaks
 * @param detail the field, its value and what would be right; never the content of the update
 */
public record Refusal(Reason reason, String detail) {

  /** The rules, in the order in which they are applied. */
  public enum Reason {
    /** More bytes than a message may have. */
    TOO_LARGE,
    /** Not the JSON that it should be, or beyond a limit on it. */
    MALFORMED,
    /** The worker says that its task failed. */
    WORKER_ERROR,
    /** It came after the round had what it needs. */
    LATE,
    /** Its sender was not asked. */
    NOT_A_PARTICIPANT,
    /** Its sender was counted before. */
    REPEATED,
    /** It belongs to another round. */
    OTHER_ROUND,
    /** Its format is unknown, not accepted in this round, or not what its bytes are. */
    FORMAT,
    /** Its parts are not those of the model. */
    SHAPE,
    /** It holds a NaN or an infinity. */
    NOT_FINITE,
    /** Its number of samples is missing or out of range. */
    WEIGHT,
    /** The algorithm needs the training loss, and it is missing or not a number of at least 0. */
    LOSS
  }
}
