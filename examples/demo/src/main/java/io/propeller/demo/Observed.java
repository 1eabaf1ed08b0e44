package io.propeller.demo;

import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskPhase;
import io.propeller.api.v1.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One Task as it was seen, and when.
 *
 * @param task as the API server had it last
 * @param applied when it was applied
 * @param accepted when the API server had accepted it
 * @param placed when it was first seen on a proplet
 * @param ended when it was first seen with its outcome
 */
record Observed(
    Task task,
    Instant applied,
    Instant accepted,
    Optional<Instant> placed,
    Optional<Instant> ended) {

  static final List<String> HEADER =
      List.of("TASK", "PHASE", "PROPLET", "RESULT", "ACCEPTED", "PLACED", "ANSWERED");

  /** Returns this Task as it is now. */
  Observed now(Task latest, Instant now) {
    boolean onProplet = latest.phase() == TaskPhase.RUNNING || latest.phase().isTerminal();
    return new Observed(
        latest,
        applied,
        accepted,
        placed.or(() -> onProplet ? Optional.of(now) : Optional.empty()),
        ended.or(() -> latest.phase().isTerminal() ? Optional.of(now) : Optional.empty()));
  }

  boolean hasEnded() {
    return task.phase().isTerminal() && task.phase() != TaskPhase.INTERRUPTED;
  }

  /** Returns why the Task failed, or waits though nothing will come; empty while all is well. */
  Optional<String> complaint() {
    TaskStatus status = Statuses.of(task);
    if (task.phase() == TaskPhase.FAILED) {
      return Optional.ofNullable(status.getError());
    }
    return status.getConditions().stream()
        .filter(c -> c.getType().equals("Scheduled") && c.getReason().equals("NoPropletFits"))
        .map(c -> c.getMessage())
        .findFirst();
  }

  /** Returns the Task as a row of a table. */
  List<String> row() {
    String proplet = Statuses.of(task).getAssignedProplet();
    return List.of(
        task.getMetadata().getName(),
        task.phase().name().toLowerCase(Locale.ROOT),
        proplet == null ? "" : proplet,
        result().or(() -> complaint().map(Observed::firstLine)).orElse(""),
        "accepted in " + millis(applied, accepted),
        placed.map(at -> "placed in " + millis(accepted, at)).orElse(""),
        ended.map(at -> "answered in " + millis(placed.orElse(accepted), at)).orElse(""));
  }

  /** Returns what was computed, as in {@code add(10, 32) = 42}. */
  Optional<String> result() {
    return Optional.ofNullable(Statuses.of(task).getResults())
        .filter(results -> task.phase() == TaskPhase.COMPLETED)
        .map(
            results ->
                "%s(%s) = %s"
                    .formatted(
                        task.functionToCall(),
                        String.join(", ", task.getSpec().getInputs()),
                        results.isTextual() ? results.textValue().strip() : results.toString()));
  }

  static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() + " ms";
  }
}
