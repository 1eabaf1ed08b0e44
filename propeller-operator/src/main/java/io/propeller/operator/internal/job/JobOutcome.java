package io.propeller.operator.internal.job;

import java.util.Optional;

/** What came of a Job. */
public sealed interface JobOutcome {

  /**
   * It ran to its end.
   *
   * @param output what it left as its result; empty if it left nothing
   */
  record Succeeded(Optional<String> output) implements JobOutcome {}

  /** It did not, and why. */
  record Failed(String error) implements JobOutcome {}
}
