package io.propeller.fl;

import io.propeller.fl.round.Contribution;
import io.propeller.fl.update.Refusal;

/** What became of a message. */
public sealed interface Admission {

  /**
   * It counts.
   *
   * @param contribution what it adds to the round
   */
  record Counted(Contribution contribution) implements Admission {}

  /**
   * It does not count.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements Admission {}
}
