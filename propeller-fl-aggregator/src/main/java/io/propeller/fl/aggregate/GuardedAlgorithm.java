package io.propeller.fl.aggregate;

import com.google.common.collect.ImmutableSortedMap;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;

/** Enforces what {@link AggregationAlgorithm} demands of a rule. */
record GuardedAlgorithm(String name, AggregationAlgorithm algorithm)
    implements AggregationAlgorithm {

  @Override
  public Aggregate aggregate(AggregationInput input) throws AggregationException {
    if (input.count() < minimumUpdates()) {
      throw new AggregationException(
          name
              + " needs at least "
              + minimumUpdates()
              + " updates with these parameters, there are "
              + input.count());
    }
    try {
      Aggregate aggregate = algorithm.aggregate(input);
      requireShape(aggregate.model(), algorithm.resultShape(input));
      requireFinite("a model", aggregate.model());
      if (aggregate.state().isPresent()) {
        requireFinite("a state", aggregate.state().get());
      }
      return aggregate;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      throw new AggregationException(name + " failed: " + e, e);
    }
  }

  private void requireShape(Model model, ModelShape expected) throws AggregationException {
    if (!model.shape().equals(expected)) {
      throw new AggregationException(
          name + " returned a model of shape " + model.shape() + ", not " + expected);
    }
  }

  private void requireFinite(String what, Model model) throws AggregationException {
    int at = model.firstNonFinite();
    if (at >= 0) {
      throw new AggregationException(
          name + " returned " + what + " whose value " + at + " is " + model.value(at));
    }
  }

  @Override
  public int minimumUpdates() {
    return algorithm.minimumUpdates();
  }

  @Override
  public boolean lossRequired() {
    return algorithm.lossRequired();
  }

  @Override
  public boolean noisy() {
    return algorithm.noisy();
  }

  @Override
  public ImmutableSortedMap<String, Double> clientParameters() {
    return algorithm.clientParameters();
  }

  @Override
  public ModelShape resultShape(AggregationInput input) {
    return algorithm.resultShape(input);
  }
}
