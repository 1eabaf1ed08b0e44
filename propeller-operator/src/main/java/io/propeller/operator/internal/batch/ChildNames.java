package io.propeller.operator.internal.batch;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the Tasks of a job are named. */
final class ChildNames {

  /** The most characters of the name of a job: it is the value of a label on its Tasks. */
  private static final int MAX_JOB = 63;

  private static final int MAX_TASK = 253;
  private static final Pattern RFC_1123 =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private ChildNames() {}

  /** Returns the name of the Task of an entry. */
  static String of(String job, String entry) {
    return (job + "-" + entry).toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }

  /** Returns why no Tasks can be made for a job of that name, if so. */
  static Optional<String> refusalOfJob(String job) {
    return job.length() <= MAX_JOB
        ? Optional.empty()
        : Optional.of(
            "metadata.name has %d characters: the name of a job is a label of its Tasks and has %d at most"
                .formatted(job.length(), MAX_JOB));
  }

  /**
   * Returns why there cannot be a Task of that name, if so.
   *
   * @param field where the entry's own name is
   */
  static Optional<String> refusalOfTask(String field, String entry, String name) {
    if (name.length() > MAX_TASK) {
      return Optional.of(
          "%s %s makes the name of its Task %d characters long, which may have %d at most"
              .formatted(field, shorten(entry), name.length(), MAX_TASK));
    }
    return RFC_1123.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            ("%s \"%s\" makes the name of its Task %s: use letters, digits, - and ., and end with a"
                    + " letter or a digit")
                .formatted(field, entry, name));
  }

  private static String shorten(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "…";
  }
}
