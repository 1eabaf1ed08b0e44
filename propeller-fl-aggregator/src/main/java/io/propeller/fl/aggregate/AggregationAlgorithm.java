package io.propeller.fl.aggregate;

import com.google.common.collect.ImmutableSortedMap;
import io.propeller.fl.model.ModelShape;

/**
 * A rule that makes one model of many updates.
 *
 * <p>It is called by one thread at a time and may itself use as many as the input allows. It must
 * not keep or change what it is given, must return finite numbers, and must give the same bits for
 * the same input. An exception, or a result that breaks these rules, fails the round and nothing
 * else.
 */
public interface AggregationAlgorithm {

  /**
   * Computes the next model.
   *
   * @throws AggregationException if the rule cannot be applied to this input
   */
  Aggregate aggregate(AggregationInput input) throws AggregationException;

  /**
   * Returns how many updates the rule needs to keep what it promises; it is not called with fewer.
   */
  default int minimumUpdates() {
    return 1;
  }

  /** Returns whether every update must report its loss. */
  default boolean lossRequired() {
    return false;
  }

  /** Returns whether the rule draws noise, and so needs a seed. */
  default boolean noisy() {
    return false;
  }

  /**
   * Returns what workers have to be told for the rule to work, by name, to be added to their
   * hyperparameters.
   */
  default ImmutableSortedMap<String, Double> clientParameters() {
    return ImmutableSortedMap.of();
  }

  /**
   * Returns the shape of the result for such an input; that of the updates unless the rule says
   * otherwise.
   */
  default ModelShape resultShape(AggregationInput input) {
    return input.shape();
  }
}
