package io.propeller.fl.aggregate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import io.propeller.fl.internal.ValueStyle;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Values;
import java.util.Comparator;
import java.util.Optional;
import org.immutables.value.Value;

/** What a rule works on. */
@Value.Immutable
@ValueStyle
public interface AggregationInput {

  /** Returns a builder. */
  static Builder builder() {
    return new Builder();
  }

  /** Returns the parts of every update and of the global model. */
  ModelShape shape();

  /** Returns the updates in the order of their participants, each of whom has one. At least one. */
  ImmutableList<WeightedUpdate> updates();

  /** Returns what the updates are; models by default. */
  @Value.Default
  default UpdateKind kind() {
    return UpdateKind.MODEL;
  }

  /** Returns the model that the round began with. */
  Optional<Model> global();

  /** Returns what the rule returned as its state after the previous round. */
  Optional<Model> state();

  /** Returns what noise is drawn from; the same after a crash, and unknown to participants. */
  Optional<NoiseSeed> noiseSeed();

  /** Returns how many threads may be used; 1 by default. */
  @Value.Default
  default int threads() {
    return 1;
  }

  /** Sorts the updates, and checks them. */
  @Value.Check
  default AggregationInput normalised() {
    Comparator<WeightedUpdate> byParticipant = Comparator.comparing(WeightedUpdate::participant);
    if (!Comparators.isInStrictOrder(updates(), byParticipant)) {
      ImmutableList<WeightedUpdate> sorted = ImmutableList.sortedCopyOf(byParticipant, updates());
      checkArgument(
          Comparators.isInStrictOrder(sorted, byParticipant), "a participant has two updates");
      return builder().from(this).updates(sorted).build();
    }
    checkArgument(!updates().isEmpty(), "there are no updates");
    checkArgument(threads() >= 1, "threads must be at least 1, is %s", threads());
    for (WeightedUpdate update : updates()) {
      checkArgument(
          update.values().length() == shape().length(),
          "the update of '%s' has %s values, the model %s",
          update.participant(),
          update.values().length(),
          shape().length());
    }
    checkArgument(
        global().isEmpty() || global().get().shape().equals(shape()),
        "the global model has another shape");
    return this;
  }

  /** Returns the number of updates. */
  default int count() {
    return updates().size();
  }

  /** Returns the values of all updates. */
  default ImmutableList<Values> vectors() {
    return updates().stream().map(WeightedUpdate::values).collect(ImmutableList.toImmutableList());
  }

  /** Returns the weights of all updates. */
  default long[] weights() {
    return updates().stream().mapToLong(WeightedUpdate::weight).toArray();
  }

  /**
   * Returns the model that follows from a vector of the kind of the updates; takes the array over.
   */
  default Model toModel(double[] aggregate) {
    if (kind() == UpdateKind.DELTA && global().isPresent()) {
      Model base = global().get();
      for (int i = 0; i < aggregate.length; i++) {
        aggregate[i] += base.value(i);
      }
    }
    return Model.wrap(shape(), aggregate);
  }

  /**
   * Returns what has to be subtracted from an update to see what the training changed; empty for
   * nothing.
   *
   * @throws AggregationException if that is the global model, and there is none
   */
  default Optional<Model> origin(String algorithm) throws AggregationException {
    if (kind() == UpdateKind.DELTA) {
      return Optional.empty();
    }
    if (global().isEmpty()) {
      throw new AggregationException(
          algorithm + " needs the global model that the round began with");
    }
    return global();
  }

  /** Collects the fields. */
  final class Builder extends ImmutableAggregationInput.Builder {}
}
