package io.propeller.fl.aggregate;

/**
 * Makes a rule from its parameters.
 *
 * <p>Register an implementation for {@link java.util.ServiceLoader} in {@code
 * META-INF/services/io.propeller.fl.aggregate.AggregationProvider}. Two providers of one name are
 * an error at start.
 */
public interface AggregationProvider {

  /** Returns the name by which a FederatedJob asks for it: lower case, with hyphens. */
  String name();

  /**
   * Makes a rule.
   *
   * @param config the job's {@code aggregator.config}; a key that the provider does not read is
   *     refused
   * @throws IllegalArgumentException if a parameter is missing or out of range; the message names
   *     it
   */
  AggregationAlgorithm create(AggregationConfig config);
}
