package io.propeller.fl;

import io.propeller.fl.aggregate.AggregationAlgorithm;
import io.propeller.fl.aggregate.UpdateKind;
import io.propeller.fl.internal.ValueStyle;
import io.propeller.fl.round.AdmissionPolicy;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.DecodeLimits;
import java.util.Optional;
import org.immutables.value.Value;

/** How a round is carried out. */
@Value.Immutable
@ValueStyle
public interface RoundPlan {

  /** Returns a builder. */
  static Builder builder() {
    return new Builder();
  }

  /** Returns the name under which the round's state is stored; no other round may have it. */
  StoreName round();

  /** Returns the name of the model of which the round makes the next version. */
  StoreName model();

  /** Returns the name of the rule, for the lineage. */
  String algorithmName();

  /** Returns the rule. */
  AggregationAlgorithm algorithm();

  /**
   * Returns the version that the workers began with; empty in the first round of a model that
   * nobody gave.
   */
  Optional<ModelVersion> base();

  /** Returns what the updates are; models by default. */
  @Value.Default
  default UpdateKind kind() {
    return UpdateKind.MODEL;
  }

  /**
   * Returns further demands on updates; the shape of the base and what the rule needs are added to
   * it.
   */
  @Value.Default
  default AdmissionPolicy policy() {
    return AdmissionPolicy.any();
  }

  /** Returns the limits on messages. */
  @Value.Default
  default DecodeLimits limits() {
    return DecodeLimits.defaults();
  }

  /** Returns how many threads may aggregate; 1 by default. */
  @Value.Default
  default int threads() {
    return 1;
  }

  /** Collects the fields. */
  final class Builder extends ImmutableRoundPlan.Builder {}
}
