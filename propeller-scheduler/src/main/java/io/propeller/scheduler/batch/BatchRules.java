package io.propeller.scheduler.batch;

import io.propeller.scheduler.internal.ValueStyle;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** What a batch asks for beside its tasks. Immutable. */
@Value.Immutable
@ValueStyle
public interface BatchRules {

  /** Returns a builder; all has a default. */
  static Builder builder() {
    return new Builder();
  }

  /** How many tasks there may be at a time that have not ended, 1 or more; absent for no limit. */
  OptionalInt maxParallelism();

  /** Whether the first failure stops the rest; false by default. */
  @Value.Default
  default boolean failFast() {
    return false;
  }

  /** Whether no further task may start; false by default. */
  @Value.Default
  default boolean suspended() {
    return false;
  }

  /** How long the batch may take, from the start of its first task on; absent for no limit. */
  Optional<Duration> activeDeadline();

  /** Refuses what makes no sense. */
  @Value.Check
  default void check() {
    if (maxParallelism().orElse(1) < 1) {
      throw new IllegalArgumentException(
          "maxParallelism is " + maxParallelism().getAsInt() + ", and must be 1 or more");
    }
  }

  /** Builds rules. */
  final class Builder extends ImmutableBatchRules.Builder {
    Builder() {}
  }
}
