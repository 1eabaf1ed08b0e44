package io.propeller.operator.internal.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;
import io.propeller.api.v1.TaskStatus;
import io.propeller.fl.model.Blob;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The results that are too large for a status: they are kept in a store, and the status has their
 * reference. Safe for use by any thread.
 */
final class LargeResults {

  /** The most bytes of results in a status, of the 1.5 MiB that etcd takes for a whole object. */
  private static final int MAX_BYTES = 256 << 10;

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
            "the result has %d bytes, more than the %d that a status holds, and the operator has no"
                    .formatted(bytes.get().length, MAX_BYTES)
                + " store for it: see its option --model-store");
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
    if (store.isEmpty() || status == null || results == null) {
      return task;
    }
    byte[] bytes = bytes(results);
    if (!isLarge(bytes)) {
      return task;
    }
    try {
      Digest digest = store.get().put(out -> out.write(bytes));
      Task shelved = new TaskBuilder(task).build();
      status = shelved.getStatus();
      if (status != null) {
        status.setResults(null);
        status.setResultRef(digest.toString());
      }
      return shelved;
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
