package io.propeller.operator.internal.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.collect.ImmutableSet;
import io.propeller.api.v1.TaskStatus;
import io.propeller.scheduler.model.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the proplets have answered to a broadcast: {@code status.results} maps each to its result,
 * or to an object with the one key {@code error}.
 */
final class BroadcastResults {

  private static final String ERROR = "error";

  private BroadcastResults() {}

  /** Returns the proplets that have not answered. */
  static ImmutableSet<WorkerId> open(TaskStatus status) {
    JsonNode results = results(status);
    return status.getTargets().stream()
        .filter(target -> !results.has(target))
        .map(WorkerId::of)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Returns how many have answered without an error. */
  static int succeeded(TaskStatus status) {
    return results(status).size() - errors(status).size();
  }

  /** Returns the results with those of some proplets more. */
  static JsonNode with(
      TaskStatus status, Map<WorkerId, TaskOutcome> outcomes, Map<WorkerId, String> gone) {
    ObjectNode all = results(status).deepCopy();
    outcomes.forEach(
        (worker, outcome) ->
            all.set(
                worker.value(),
                outcome
                    .error()
                    .map(BroadcastResults::error)
                    .or(() -> outcome.results().filter(result -> !result.isNull()))
                    // Not null, which would be no entry: a merge patch removes it.
                    .orElseGet(() -> TextNode.valueOf(""))));
    gone.forEach((worker, reason) -> all.set(worker.value(), error(reason)));
    return all;
  }

  /** Says how many failed, and how; empty if none did. */
  static Optional<String> summary(TaskStatus status) {
    List<String> errors = errors(status);
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d of %d proplets failed: %s"
                .formatted(errors.size(), status.getTargets().size(), String.join("; ", errors)));
  }

  private static List<String> errors(TaskStatus status) {
    List<String> errors = new ArrayList<>();
    results(status)
        .properties()
        .forEach(
            entry -> {
              JsonNode result = entry.getValue();
              if (result.isObject() && result.size() == 1 && result.path(ERROR).isTextual()) {
                errors.add(entry.getKey() + ": " + result.get(ERROR).textValue());
              }
            });
    return errors;
  }

  private static JsonNode error(String message) {
    return JsonNodeFactory.instance.objectNode().put(ERROR, message);
  }

  private static ObjectNode results(TaskStatus status) {
    return status.getResults() instanceof ObjectNode results
        ? results
        : JsonNodeFactory.instance.objectNode();
  }
}
