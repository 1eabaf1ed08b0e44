package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.internal.ValueStyle;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** Asks for a worker for one task. */
@Value.Immutable
@ValueStyle
public interface TaskRequest {

  /** The lowest {@link #priority()}. */
  int MIN_PRIORITY = 0;

  /** The highest {@link #priority()}. */
  int MAX_PRIORITY = 100;

  /** Returns a builder; only {@link #id()} must be given. */
  static Builder builder() {
    return new Builder();
  }

  /** Which task it is. */
  TaskId id();

  /** Which workers will do; any by default. */
  @Value.Default
  default Selector selector() {
    return Selector.ANY;
  }

  /** The only kind of worker that will do; absent for any. */
  Optional<WorkerKind> kind();

  /** What the task takes of a worker while it runs there; nothing by default. */
  @Value.Default
  default Resources resources() {
    return Resources.NONE;
  }

  /** The taints that it does not mind. */
  ImmutableList<Toleration> tolerations();

  /** From {@link #MIN_PRIORITY} to {@link #MAX_PRIORITY}, 50 by default; higher goes first. */
  @Value.Default
  default int priority() {
    return 50;
  }

  /** The name of the policy that picks the worker; absent for the queue's own. */
  Optional<String> policy();

  /** Since when it waits, which makes its age; absent for the time at which it is submitted. */
  Optional<Instant> waitingSince();

  /** All that the request asks of a worker. */
  @Value.Derived
  @Value.Auxiliary
  default Requirements requirements() {
    return new Requirements(selector(), kind(), resources(), tolerations());
  }

  /** Tells whether the task may run in spite of the taint. */
  default boolean tolerates(Taint taint) {
    return requirements().tolerates(taint);
  }

  /**
   * Called by {@link Builder#build()}.
   *
   * @throws IllegalStateException if the priority is out of range, or an amount of a resource is
   *     greater than {@link Resources#MAX_REQUEST}
   */
  @Value.Check
  default void check() {
    if (priority() < MIN_PRIORITY || priority() > MAX_PRIORITY) {
      throw new IllegalStateException(
          "task %s: priority must be from %d to %d, but is %d"
              .formatted(id(), MIN_PRIORITY, MAX_PRIORITY, priority()));
    }
    resources().checkRequest("task " + id());
  }

  /** Builds a request. */
  final class Builder extends ImmutableTaskRequest.Builder {
    Builder() {}
  }
}
