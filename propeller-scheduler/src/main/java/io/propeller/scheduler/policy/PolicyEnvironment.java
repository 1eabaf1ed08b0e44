package io.propeller.scheduler.policy;

import io.propeller.scheduler.internal.ValueStyle;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.immutables.value.Value;

/** What surrounds the policies of one scheduler. */
@Value.Immutable
@ValueStyle
public interface PolicyEnvironment {

  /** Returns a builder; all has a default. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * The only randomness that policies use; by default a generator that always starts with the same
   * seed.
   */
  @Value.Default
  default RandomGenerator random() {
    return new SplittableRandom(0);
  }

  /**
   * A clock that only goes forward, in nanoseconds, to time plug-ins by; by default one that stands
   * still.
   */
  @Value.Default
  default LongSupplier nanos() {
    return () -> 0;
  }

  /** How long one call of a plug-in may take by that clock; 10 ms by default. */
  @Value.Default
  default Duration limit() {
    return Duration.ofMillis(10);
  }

  /** Who is told of a plug-in's failures; by default nobody. */
  @Value.Default
  default PolicyMonitor monitor() {
    return failure -> {};
  }

  /** Builds an environment. */
  final class Builder extends ImmutablePolicyEnvironment.Builder {
    Builder() {}
  }
}
