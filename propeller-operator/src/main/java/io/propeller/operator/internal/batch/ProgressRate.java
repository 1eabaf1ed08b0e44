package io.propeller.operator.internal.batch;

import java.time.Duration;
import java.time.Instant;

/**
 * How often the status of a job is written for no other reason than that its counts have changed.
 * Each write sends the whole job, whose tasks are most of it, to etcd and to whoever watches it; so
 * a job is written the less often the more tasks it has.
 */
final class ProgressRate {

  private static final Duration AT_LEAST = Duration.ofSeconds(1);
  private static final Duration PER_TASK = Duration.ofMillis(10);

  private ProgressRate() {}

  /**
   * Returns when the counts may be written again.
   *
   * @param refresh the longest time between two writes
   */
  static Instant next(Instant lastWritten, int tasks, Duration refresh) {
    Duration wait = PER_TASK.multipliedBy(tasks);
    wait = wait.compareTo(AT_LEAST) < 0 ? AT_LEAST : wait;
    return lastWritten.plus(wait.compareTo(refresh) > 0 ? refresh : wait);
  }
}
