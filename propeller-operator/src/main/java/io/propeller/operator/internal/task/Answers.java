package io.propeller.operator.internal.task;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Results that have arrived and are not yet recorded, by the UUID of their task.
 *
 * <p>Safe for use by any thread.
 */
public final class Answers {

  private final Map<String, List<Reply>> waiting = new ConcurrentHashMap<>();

  /** Keeps a result until it is taken. */
  public void add(String task, Reply result) {
    waiting.merge(task, List.of(result), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
  }

  /** Returns what waits for a task, oldest first. */
  List<Reply> of(String task) {
    return waiting.getOrDefault(task, List.of());
  }

  /** Acknowledges results: they are recorded, or not worth it. */
  void settle(String task, List<Reply> results) {
    waiting.computeIfPresent(
        task,
        (same, all) -> {
          List<Reply> rest = all.stream().filter(one -> !results.contains(one)).toList();
          return rest.isEmpty() ? null : rest;
        });
    results.forEach(Reply::acknowledge);
  }

  /** Forgets all that waits, without acknowledging: the broker delivers it again. */
  public void clear() {
    waiting.clear();
  }
}
