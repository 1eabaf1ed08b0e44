package io.propeller.operator.internal.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskStatus;
import io.propeller.fl.model.Blob;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.ModelStore;
import io.propeller.scheduler.model.WorkerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The results that are too large for a status: they are kept in a store, and the status has their
 * reference. Safe for use by any thread.
 */
final class LargeResults {

  /** The most bytes of results in a status, of the 1.5 MiB that etcd takes for a whole object. */
  private static final int MAX_BYTES = 256 << 10;

  /** Room for a reference. */
  private static final int MIN_SHARE = 128;

  private static final String NO_STORE =
      ", and the operator has no store for it: see its option --model-store";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<ModelStore> store;

  LargeResults(Optional<ModelStore> store) {
    this.store = store;
  }

  /** Returns an outcome that can be recorded: without a store, one that is too large has failed. */
  TaskOutcome checked(TaskOutcome outcome) {
    Optional<byte[]> bytes = outcome.results().map(LargeResults::bytes);
    return store.isPresent() || bytes.filter(LargeResults::isLarge).isEmpty()
        ? outcome
        : TaskOutcome.failed(
            "the result has %d bytes, more than the %d that a status holds"
                    .formatted(bytes.get().length, MAX_BYTES)
                + NO_STORE);
  }

  /**
   * Returns answers to a broadcast that can be recorded side by side: what is more than a target's
   * share of a status is kept in the store, and an object with its reference stands for it; an
   * error is cut.
   *
   * @param targets how many proplets may answer
   * @throws UncheckedIOException if one cannot be kept now
   */
  Map<WorkerId, TaskOutcome> shared(Map<WorkerId, TaskOutcome> answers, int targets) {
    int share = Math.max(MIN_SHARE, MAX_BYTES / Math.max(1, targets));
    return ImmutableMap.copyOf(Maps.transformValues(answers, answer -> shared(answer, share)));
  }

  private TaskOutcome shared(TaskOutcome answer, int share) {
    Optional<String> error = answer.error();
    if (error.isPresent()) {
      return TaskOutcome.failed(Ascii.truncate(error.get(), share, "…"));
    }
    Optional<byte[]> large =
        answer.results().map(LargeResults::bytes).filter(bytes -> bytes.length > share);
    if (large.isEmpty()) {
      return answer;
    }
    return store.isPresent()
        ? TaskOutcome.succeeded(
            JsonNodeFactory.instance.objectNode().put("resultRef", kept(large.get())))
        : TaskOutcome.failed(
            "the result has %d bytes, more than the %d that a status has for each proplet"
                    .formatted(large.get().length, share)
                + NO_STORE);
  }

  /**
   * Returns a task whose results are no larger than a status holds: larger ones are in the store,
   * for good, when this returns.
   *
   * @throws UncheckedIOException if they cannot be kept now
   */
  Task shelved(Task task) {
    TaskStatus status = task.getStatus();
    JsonNode results = status == null ? null : status.getResults();
    // Those of a broadcast also say who has answered.
    if (store.isEmpty() || status == null || results == null || task.getSpec().isBroadcast()) {
      return task;
    }
    byte[] bytes = bytes(results);
    if (!isLarge(bytes)) {
      return task;
    }
    Task shelved = new TaskBuilder(task).build();
    status = shelved.getStatus();
    if (status != null) {
      status.setResults(null);
      status.setResultRef(kept(bytes));
    }
    return shelved;
  }

  private String kept(byte[] bytes) {
    try {
      return store.orElseThrow().put(out -> out.write(bytes)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("a result cannot be kept", e);
    }
  }

  /**
   * Returns the results of a task as text, from wherever they are.
   *
   * @throws UncheckedIOException if the store does not give them back
   */
  Optional<String> text(TaskStatus status) {
    String reference = status.getResultRef();
    if (reference == null || store.isEmpty()) {
      return Optional.ofNullable(status.getResults()).map(LargeResults::text);
    }
    try {
      Blob blob = store.get().open(Digest.parse(reference));
      byte[] bytes = new byte[Math.toIntExact(blob.size())];
      blob.read(0, bytes, 0, bytes.length);
      return Optional.of(text(JSON.readTree(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("result " + reference + " cannot be read", e);
    }
  }

  private static boolean isLarge(byte[] bytes) {
    return bytes.length > MAX_BYTES;
  }

  private static String text(JsonNode result) {
    return result.isTextual() ? result.textValue() : result.toString();
  }

  private static byte[] bytes(JsonNode results) {
    try {
      return JSON.writeValueAsBytes(results);
    } catch (JsonProcessingException e) {
      return results.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
