package io.propeller.scheduler.model;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.propeller.scheduler.internal.ValueStyle;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Describes a worker: what it is and has, and whether it takes tasks now. What runs on it is the
 * fleet's to know.
 */
@Value.Immutable
@ValueStyle
public interface Worker {

  /** Returns a builder; only {@link #id()} must be given. */
  static Builder builder() {
    return new Builder();
  }

  /** Who it is. */
  WorkerId id();

  /** Labels by name. */
  ImmutableMap<String, String> labels();

  /** What kind of device it is. */
  Optional<String> deviceType();

  /** What it can do. */
  ImmutableSet<String> capabilities();

  /** The conditions of its profiles that are true now. */
  ImmutableSet<ProfileCondition> conditions();

  /** Where it lives; external by default. */
  @Value.Default
  default WorkerKind kind() {
    return WorkerKind.EXTERNAL;
  }

  /** What is known of its life; running by default. */
  @Value.Default
  default WorkerPhase phase() {
    return WorkerPhase.RUNNING;
  }

  /** Whether it may be given tasks; true by default. What runs on it already may go on. */
  @Value.Default
  default boolean schedulable() {
    return true;
  }

  /** What it has in all; unlimited by default. */
  @Value.Default
  default Resources capacity() {
    return Resources.UNLIMITED;
  }

  /** What keeps tasks off it. */
  ImmutableSet<Taint> taints();

  /**
   * How many tasks it runs at once, from 0; {@link Integer#MAX_VALUE}, the default, for no limit.
   */
  @Value.Default
  default int maxConcurrentTasks() {
    return Integer.MAX_VALUE;
  }

  /** Returns whether one at least of some conditions of a profile is true now. */
  default boolean meets(String profile, Set<String> anyOf) {
    return anyOf.stream()
        .anyMatch(condition -> conditions().contains(new ProfileCondition(profile, condition)));
  }

  /**
   * Called by {@link Builder#build()}.
   *
   * @throws IllegalStateException if the limit of tasks is negative
   */
  @Value.Check
  default void check() {
    if (maxConcurrentTasks() < 0) {
      throw new IllegalStateException(
          "worker %s: maxConcurrentTasks must be 0 or more, but is %d"
              .formatted(id(), maxConcurrentTasks()));
    }
  }

  /** Builds a worker. */
  final class Builder extends ImmutableWorker.Builder {
    Builder() {}
  }
}
