package io.propeller.operator.internal.batch;

import io.propeller.api.v1.PropellerJob;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that a job names can be had.
 *
 * @param status null while that may still change by itself
 * @param reason one word in camel case
 * @param message what is wrong, and what would be right
 */
record Acceptance(@Nullable Boolean status, String reason, String message) {

  private static final Acceptance ALL =
      new Acceptance(true, "Accepted", "all that it names can be had");

  /** Says what is known; of several obstacles, the one that will not go by itself. */
  static Acceptance of(PropellerJob job, Children children, int missing, ChildWriter writer) {
    Optional<Acceptance> refused =
        writer.refusal(job).map(message -> new Acceptance(false, "InvalidTask", message));
    return children
        .taken()
        .map(name -> new Acceptance(false, "NameTaken", taken(name)))
        .or(() -> refused)
        .or(() -> writer.trouble(job).map(text -> new Acceptance(null, "CannotWrite", text)))
        .or(() -> children.leftover().map(name -> new Acceptance(null, "NameNotFree", left(name))))
        .or(() -> missing(children, missing))
        .orElse(ALL);
  }

  private static Optional<Acceptance> missing(Children children, int count) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Acceptance(
                null,
                "TaskRefsMissing",
                "spec.taskRefs names Tasks that are not there, and are waited for: %s%s"
                    .formatted(
                        String.join(", ", children.missing()),
                        count > children.missing().size()
                            ? " and %d more".formatted(count - children.missing().size())
                            : "")));
  }

  private static String taken(String name) {
    return "a Task %s is there already and is not the job's: delete it, or rename the job or its task"
        .formatted(name);
  }

  private static String left(String name) {
    return "the Task %s is of an earlier job of this name, and is waited for to be gone"
        .formatted(name);
  }
}
