package io.propeller.operator.internal.task;

import io.propeller.mqtt.client.Delivery;
import io.propeller.mqtt.message.Result;
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

  private final Map<String, List<Delivery<Result>>> waiting = new ConcurrentHashMap<>();

  /** Keeps a result until it is taken. */
  public void add(String task, Delivery<Result> result) {
    waiting.merge(task, List.of(result), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
  }

  /** Returns what waits for a task, oldest first. */
  List<Delivery<Result>> of(String task) {
    return waiting.getOrDefault(task, List.of());
  }

  /** Acknowledges results: they are recorded, or not worth it. */
  void settle(String task, List<Delivery<Result>> results) {
    waiting.computeIfPresent(
        task,
        (same, all) -> {
          List<Delivery<Result>> rest = all.stream().filter(one -> !results.contains(one)).toList();
          return rest.isEmpty() ? null : rest;
        });
    results.forEach(Delivery::acknowledge);
  }

  /** Forgets all that waits, without acknowledging: the broker delivers it again. */
  public void clear() {
    waiting.clear();
  }
}
