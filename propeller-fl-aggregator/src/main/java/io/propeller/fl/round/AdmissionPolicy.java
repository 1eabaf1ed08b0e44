package io.propeller.fl.round;

import static com.google.common.base.Preconditions.checkArgument;

import io.propeller.fl.aggregate.WeightedUpdate;
import io.propeller.fl.internal.ValueStyle;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.update.UpdateFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.immutables.value.Value;

/** What the content of an update must be like to count. */
@Value.Immutable
@ValueStyle
public interface AdmissionPolicy {
  /** Returns a policy that takes any shape and format. */
  static AdmissionPolicy any() {
    return builder().build();
  }

  /** Returns a builder. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the parts that an update must have; if it is not known, the first update that counts
   * decides.
   */
  Optional<ModelShape> shape();

  /** Returns the formats that are read; none means all. */
  Set<UpdateFormat> formats();

  /** Returns the largest number of samples that a worker may claim; 1,000,000 by default. */
  @Value.Default
  default long maxWeight() {
    return 1_000_000;
  }

  /**
   * Returns the largest Euclidean norm of an update's distance from {@link #reference()}; longer
   * ones are shortened.
   */
  OptionalDouble maxNorm();

  /**
   * Returns what the norm is measured from: the global model where updates are models, nothing
   * where they are deltas.
   */
  Optional<Model> reference();

  /** Returns whether an update must report its loss. */
  @Value.Default
  default boolean lossRequired() {
    return false;
  }

  /** Checks the figures. */
  @Value.Check
  default void check() {
    checkArgument(
        maxWeight() >= 1 && maxWeight() <= WeightedUpdate.MAX_WEIGHT,
        "maxWeight must be from 1 to %s, is %s",
        WeightedUpdate.MAX_WEIGHT,
        maxWeight());
    checkArgument(
        maxNorm().isEmpty()
            || (maxNorm().getAsDouble() > 0 && Double.isFinite(maxNorm().getAsDouble())),
        "maxNorm must be positive and finite, is %s",
        maxNorm());
  }

  /** Collects the fields. */
  final class Builder extends ImmutableAdmissionPolicy.Builder {}
}
