package io.propeller.scheduler.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the word has come to a worker that it is to stop an attempt.
 *
 * <p>Of a task that exists its own record says which attempts were given up. Of a deleted task
 * nothing would, so it is kept until each worker has heard, or what has not been heard is recorded
 * elsewhere.
 *
 * @param since when the attempt was to stop
 * @param stage how far the word has come
 */
public record StopNotice(Instant since, Stage stage) {

  /** How long a worker is waited for that has not heard. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** How long a deleted task is kept at most. */
  public static final Duration TASK_KEPT = Duration.ofSeconds(10);

  /** How far the word has come. */
  public enum Stage {
    /** It is being told. */
    ON_ITS_WAY,
    /** It was not heard. */
    MISSED,
    /** It was not heard, which is recorded. */
    RECORDED
  }

  /** Returns what follows from telling the worker; empty if it has heard. */
  public Optional<StopNotice> told(boolean heard) {
    if (heard) {
      return Optional.empty();
    }
    return Optional.of(stage == Stage.ON_ITS_WAY ? new StopNotice(since, Stage.MISSED) : this);
  }

  /** Returns the same notice, recorded. */
  public StopNotice recorded() {
    return new StopNotice(since, Stage.RECORDED);
  }

  /** Returns whether the worker is to be told again, once it is back. */
  public boolean isDue() {
    return stage != Stage.ON_ITS_WAY;
  }

  /** Returns whether the worker is waited for no longer. */
  public boolean isOver(Instant now) {
    return now.isAfter(since.plus(KEPT));
  }

  /** Returns whether the task is to be kept if it is deleted. */
  public boolean keepsTask() {
    return stage != Stage.RECORDED;
  }

  /** Returns whether the notice has to be on record. */
  public boolean belongsOnRecord(boolean taskDeleted) {
    return stage == Stage.RECORDED || (stage == Stage.MISSED && taskDeleted);
  }
}
